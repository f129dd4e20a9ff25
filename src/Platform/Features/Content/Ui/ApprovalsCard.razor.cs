using Microsoft.Extensions.Localization;
using Platform.Features.Content.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Content.Ui;

/// <summary>Dashboard card: what waits for the reader's approval; nothing where nothing does.</summary>
public sealed partial class ApprovalsCard(CallerProvider callers, ListReviews list, ApprovalWords words)
{
    private Result<Page<ReviewItem>>? _waiting;
    private bool _isMember;

    private IStringLocalizer<ApprovalTexts> T => words.T;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        // A reviewer from outside has nothing else on the page.
        _isMember = caller.May(Permission.ContentRead);
        _waiting = await list.RunAsync(caller, new(), CancellationToken.None);
    }
}
