using Platform.Features.Content.Actions;
using Platform.Ui;

namespace Platform.Features.Content.Ui;

/// <summary>Says how many approvals ask the reader; nothing where none does. Follows what happens to posts.</summary>
public sealed partial class ApprovalsBadge(CallerProvider callers, WaitingApprovals waiting)
{
    private const int Most = 99;
    private int _count;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => _count = await waiting.OfAsync(await callers.GetAsync());
}
