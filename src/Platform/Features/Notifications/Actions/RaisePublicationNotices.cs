using Platform.Features.Notifications.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Actions;

/// <summary>
/// Tells people of publications that need them: failed, unconfirmed, missed, each event exactly once, with its cause and its page. Not of those held:
/// the channel's flag raises one notice for all of them, and a pause is a person's own doing.
/// </summary>
public sealed class RaisePublicationNotices(INotices notices) : IPublicationObserver
{
    /// <inheritdoc />
    public Task OnChangedAsync(PublicationChanged change, CancellationToken cancellationToken) => TitleOf(change) is not { } title
        ? Task.CompletedTask
        : notices.RaiseAsync(Caller.System(change.OrganizationId, "notifications"), new Notice(
            KindOf(change.To),
            title,
            change.Error is { } error ? $"{error.Message} {error.Action}" : "Open the post to see what happened and what you can do.",
            $"/posts/{change.PostId}",
            $"publication:{change.EventId}",
            Mail: true), cancellationToken);

    private static string KindOf(PublicationState state) => state switch
    {
        PublicationState.Failed => "publication_failed",
        PublicationState.Unconfirmed => "publication_unconfirmed",
        _ => "publication_missed",
    };

    private static string? TitleOf(PublicationChanged change) => change.To switch
    {
        PublicationState.Failed => $"A post could not be published on {change.Network}",
        PublicationState.Unconfirmed => $"Check a post on {change.Network}: it may be out",
        PublicationState.Missed => $"A post for {change.Network} missed its time",
        _ => null,
    };
}
