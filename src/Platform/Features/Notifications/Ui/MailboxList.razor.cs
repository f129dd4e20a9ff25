using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Notifications.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Notifications.Ui;

/// <summary>The outbox.</summary>
public sealed partial class MailboxList(ListMailbox list, CallerProvider callers, IStringLocalizer<NotificationTexts> words) : ComponentBase
{
    private const int PageSize = 25;

    private IStringLocalizer<NotificationTexts> T => words;

    private Result<Page<MailboxMail>>? Mails { get; set; }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => Mails = await list.RunAsync(await callers.GetAsync(), PageSize, null, CancellationToken.None);

    private async Task MoreAsync(string cursor)
    {
        var more = await list.RunAsync(await callers.GetAsync(), PageSize, cursor, CancellationToken.None);
        Mails = more.Ok && Mails is { Ok: true } shown ? new Page<MailboxMail>([.. shown.Value.Items, .. more.Value.Items], more.Value.NextCursor) : more;
    }

    private static bool IsWeb(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";

    private static Tone ToneOf(MailboxState state) => state switch
    {
        MailboxState.Sent => Tone.Success,
        MailboxState.Failed => Tone.Danger,
        MailboxState.Queued => Tone.Info,
        _ => Tone.Neutral,
    };

    private static string IconOf(MailboxState state) => state switch
    {
        MailboxState.Sent => "check_circle",
        MailboxState.Failed => "error",
        MailboxState.Queued => "outgoing_mail",
        _ => "inbox",
    };
}
