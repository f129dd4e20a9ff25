using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Notifications.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Notifications.Ui;

/// <summary>A person's notifications.</summary>
public sealed partial class NotificationsPage(ListNotices list, NoticeCommands commands, CallerProvider callers, Toasts toasts, IStringLocalizer<NotificationTexts> words) : ComponentBase
{
    private const int PageSize = 25;
    private static readonly string[] Kinds = ["notification"];

    /// <summary><c>all</c>, or nothing for unread ones.</summary>
    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    private IStringLocalizer<NotificationTexts> T => words;

    private Result<Page<NoticeView>>? Notices { get; set; }

    private Problem? Failure { get; set; }

    private IReadOnlyList<Tab> Choices => [new Tab("", T["Unread"]), new Tab("all", T["All"])];

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync() => Notices = await PageAsync(Notices is { Ok: true } shown ? Math.Max(PageSize, shown.Value.Items.Count) : PageSize, null);

    private async Task MoreAsync(string cursor)
    {
        var more = await PageAsync(PageSize, cursor);
        Notices = more.Ok && Notices is { Ok: true } shown ? new Page<NoticeView>([.. shown.Value.Items, .. more.Value.Items], more.Value.NextCursor) : more;
    }

    private async Task<Result<Page<NoticeView>>> PageAsync(int limit, string? cursor) =>
        await list.RunAsync(await callers.GetAsync(), Show != "all", limit, cursor, CancellationToken.None);

    private async Task ReadAllAsync()
    {
        if (await DoAsync(await commands.ReadAll.RunAsync(await callers.GetAsync(), CancellationToken.None))) { toasts.Say(T["MarkedAllRead"]); }
    }

    private async Task ReadAsync(string id) => await DoAsync(await commands.Read.RunAsync(await callers.GetAsync(), id, CancellationToken.None));

    private async Task PutAwayAsync(string id) => await DoAsync(await commands.Delete.RunAsync(await callers.GetAsync(), id, CancellationToken.None));

    private async Task<bool> DoAsync(Result<Done> result)
    {
        Failure = result.Problem;
        await LoadAsync();
        return result.Ok;
    }
}
