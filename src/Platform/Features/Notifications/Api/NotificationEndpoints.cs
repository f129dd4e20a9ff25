using System.ComponentModel;
using Platform.Api;
using Platform.Features.Notifications.Actions;
using Platform.Primitives;

namespace Platform.Features.Notifications.Api;

/// <summary>A person's notifications.</summary>
internal static class NotificationEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapSignedInApi("/notifications", "Notifications");
        group.MapGet("", ListAsync).WithSummary("List your notifications in the active organization, newest first");
        group.MapGet("/unread-count", CountAsync).WithSummary("Count your unread notifications");
        group.MapPut("/{id}/read", ReadAsync).WithSummary("Mark a notification as read");
        group.MapPost("/read-all", ReadAllAsync).WithSummary("Mark all your notifications as read");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Put a notification away; other members keep it");
    }

    private static async Task<ApiOk<Page<NoticeView>>> ListAsync(
        ApiCaller caller, ListNotices action, [AsParameters] PageQuery page, [Description("Only unread ones.")] bool? unread, CancellationToken cancellationToken) =>
        await action.RunAsync(caller, unread ?? false, page.Size, page.Cursor, cancellationToken);

    private static async Task<ApiOk<UnreadCount>> CountAsync(ApiCaller caller, CountUnread action, CancellationToken cancellationToken) =>
        await action.RunAsync(caller, cancellationToken);

    private static async Task<ApiNoContent> ReadAsync(ApiCaller caller, MarkNoticeRead action, string id, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).ToNoContent();

    private static async Task<ApiNoContent> ReadAllAsync(ApiCaller caller, MarkAllNoticesRead action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, cancellationToken)).ToNoContent();

    private static async Task<ApiNoContent> DeleteAsync(ApiCaller caller, DeleteNotice action, string id, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).ToNoContent();
}
