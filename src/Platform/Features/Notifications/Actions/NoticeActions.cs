using Platform.Features.Notifications.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Actions;

/// <summary>A notice as its reader sees it.</summary>
public sealed record NoticeView(string Id, string Kind, string Title, string Message, string Url, bool Read, DateTimeOffset CreatedAt);

/// <summary>How many notices are unread.</summary>
public sealed record UnreadCount(long Count);

/// <summary>Lists notices, newest first.</summary>
public sealed class ListNotices(NoticeStore store)
{
    /// <summary>Needs a person in an organization.</summary>
    public async Task<Result<Page<NoticeView>>> RunAsync(Caller caller, bool onlyUnread, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (Reader.Of(caller) is not { } user) { return Reader.Refused; }
        var page = await store.ListAsync(caller, user, onlyUnread, cursor, Math.Clamp(limit, 1, 100), cancellationToken);
        return page.Map(n => new NoticeView(n.Id, n.Kind, n.Title, n.Message, n.Url, n.ReadBy.Contains(user), n.CreatedAt));
    }
}

/// <summary>Counts unread notices.</summary>
public sealed class CountUnread(NoticeStore store)
{
    /// <summary>Needs a person in an organization.</summary>
    public async Task<Result<UnreadCount>> RunAsync(Caller caller, CancellationToken cancellationToken) =>
        Reader.Of(caller) is { } user ? new UnreadCount(await store.CountUnreadAsync(caller, user, cancellationToken)) : Reader.Refused;
}

/// <summary>Marks a notice as read.</summary>
public sealed class MarkNoticeRead(NoticeStore store, Notices notices)
{
    /// <summary>Needs a person in an organization.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (Reader.Of(caller) is not { } user) { return Reader.Refused; }
        if (await store.GetAsync(caller, user, id, cancellationToken) is null) { return Problem.NotFound("notification"); }
        await store.ReadAsync(caller, user, id, cancellationToken);
        await notices.AnnounceAsync(caller.OrganizationId, cancellationToken);
        return Done.Ok;
    }
}

/// <summary>Marks all notices as read.</summary>
public sealed class MarkAllNoticesRead(NoticeStore store, Notices notices)
{
    /// <summary>Needs a person in an organization.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (Reader.Of(caller) is not { } user) { return Reader.Refused; }
        if (await store.ReadAllAsync(caller, user, cancellationToken) > 0) { await notices.AnnounceAsync(caller.OrganizationId, cancellationToken); }
        return Done.Ok;
    }
}

/// <summary>Puts a notice away for one person; the others keep it.</summary>
public sealed class DeleteNotice(NoticeStore store, Notices notices)
{
    /// <summary>Needs a person in an organization.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (Reader.Of(caller) is not { } user) { return Reader.Refused; }
        if (await store.GetAsync(caller, user, id, cancellationToken) is null) { return Problem.NotFound("notification"); }
        await store.HideAsync(caller, user, id, cancellationToken);
        await notices.AnnounceAsync(caller.OrganizationId, cancellationToken);
        return Done.Ok;
    }
}

/// <summary>Whose notices: a person's, in an organization. Every role has notices.</summary>
internal static class Reader
{
    public static readonly Problem Refused = Problem.Forbidden("Notifications belong to a person in an organization. Sign in as one.");

    public static string? Of(Caller caller) => caller is { Kind: CallerKind.Person, Organization: not null } ? caller.UserId : null;
}

/// <summary>What a reader can do to notices, for the page that offers all of it.</summary>
public sealed record NoticeCommands(MarkNoticeRead Read, MarkAllNoticesRead ReadAll, DeleteNotice Delete);
