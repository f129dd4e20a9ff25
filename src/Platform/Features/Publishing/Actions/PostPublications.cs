using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>A publication and what it is to become.</summary>
public sealed record Change(PublicationRecord Record, Publication Next);

/// <summary>Changes a post's publications together: all in one commit, each on the condition that it is still what the decision was made on.</summary>
public sealed class PostPublications(PublicationStore store, IPosts posts, IAudit audit, Announcer announcer)
{
    private const int MostTries = 20;

    /// <summary>Reads, decides, commits; again where another writer came between.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="postId">Which post.</param>
    /// <param name="action">For the audit log.</param>
    /// <param name="decide">The changes, or the problem that stands against them all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> ChangeAsync(Caller caller, string postId, string action, Func<IReadOnlyList<PublicationRecord>, Task<Result<IReadOnlyList<Change>>>> decide, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var records = await store.OfPostsAsync(caller, [postId], cancellationToken);
            if (records.Count == 0) { return await NoneAsync(caller, postId, cancellationToken); }
            if (ChannelAccess.Refuse(caller, records.Select(r => r.Publication.ChannelId)) is { } refused) { return refused; }
            var changes = await decide(records);
            if (!changes.Ok) { return changes.Problem; }
            if (!await TryCommitAsync(caller, postId, action, changes.Value, cancellationToken)) { continue; }
            await AnnounceAsync(caller, postId, changes.Value, cancellationToken);
            return Done.Value;
        }
        return Problem.Conflict("busy", "It is being changed by others at the same moment. Try again.");
    }

    private async Task<bool> TryCommitAsync(Caller caller, string postId, string action, IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch();
        foreach (var change in changes.Where(c => !ReferenceEquals(c.Next, c.Record.Publication))) { PublicationStore.StageChange(batch, caller, change.Record, change.Next); }
        if (batch.Steps.Count == 0) { return true; }
        audit.Record(batch, caller, new AuditEntry(action, "post", postId));
        return await store.CommitAsync(batch, cancellationToken);
    }

    private async Task AnnounceAsync(Caller caller, string postId, IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        await announcer.WakeAsync(changes.Min(c => c.Next.WakeAt), cancellationToken);
        await announcer.PostChangedAsync(caller.OrganizationId, postId, cancellationToken);
    }

    private async Task<Result<Done>> NoneAsync(Caller caller, string postId, CancellationToken cancellationToken)
    {
        var post = await posts.GetAsync(caller, postId, cancellationToken);
        return post.Ok ? Problem.InvalidField("channelIds", "no_channels", "The post is for no channel yet. Choose at least one.") : post.Problem;
    }
}
