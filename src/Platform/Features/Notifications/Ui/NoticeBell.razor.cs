using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Notifications.Actions;
using Platform.Ui;

namespace Platform.Features.Notifications.Ui;

/// <summary>The bell in the bar.</summary>
public sealed partial class NoticeBell(CountUnread count, CallerProvider callers, IStringLocalizer<NotificationTexts> words) : ComponentBase
{
    private static readonly string[] Kinds = ["notification"];

    private long? Unread { get; set; }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var result = await count.RunAsync(await callers.GetAsync(), CancellationToken.None);
        Unread = result.Ok ? result.Value.Count : null;
    }

    private string Label(long unread) => unread == 0 ? words["BellNone"] : words["BellSome", unread];
}
