using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Actions;

/// <summary>The door to publications for other features.</summary>
public sealed class PublishingDoor(PublicationStore store, PublicationLists lists, Announcer announcer, PublishingPolicy policy, TimeProvider clock) : IPublishing
{
    private static readonly PublicationState[] Waiting = [AwaitingApproval, Scheduled, Held, PublicationState.Publishing];

    /// <inheritdoc />
    public async Task<Result<Done>> StageAsync(Caller caller, PublicationPlan plan, WriteBatch batch, CancellationToken cancellationToken)
    {
        var (now, records) = (clock.GetUtcNow(), await store.OfPostsAsync(caller, [plan.PostId], cancellationToken));
        var due = records.Where(r => r.Publication.State is Scheduled).Select(r => r.Publication.Due).FirstOrDefault(d => d is not null && d.At > now);
        foreach (var planned in plan.Publications)
        {
            var record = records.FirstOrDefault(r => r.Publication.ChannelId == planned.ChannelId);
            var problem = record is null ? StageNew(caller, plan.PostId, planned, due, batch) : StageEdit(caller, record, planned, batch, now);
            if (problem is not null) { return problem; }
        }
        var unwanted = records.Where(r => plan.Publications.All(p => p.ChannelId != r.Publication.ChannelId)).ToList();
        return StageRemoval(caller, unwanted, batch);
    }

    /// <inheritdoc />
    public async Task<Result<Done>> StageDeleteAsync(Caller caller, string postId, WriteBatch batch, CancellationToken cancellationToken)
    {
        var records = await store.OfPostsAsync(caller, [postId], cancellationToken);
        return StageRemoval(caller, [.. records.Where(r => r.Publication.State is not Published)], batch);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<PublicationView>>> OfPostsAsync(Caller caller, IReadOnlyCollection<string> postIds, CancellationToken cancellationToken) =>
        (await store.OfPostsAsync(caller, postIds, cancellationToken)).GroupBy(r => r.Publication.PostId)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<PublicationView>)[.. g.OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => r.ToView())]);

    /// <inheritdoc />
    public async Task<IReadOnlyList<PublicationView>> DueBetweenAsync(Caller caller, DueRange range, CancellationToken cancellationToken) =>
        [.. (await lists.DueBetweenAsync(caller, range.From, range.To, new(range.States, range.ChannelIds), 1_000, cancellationToken)).Items.Select(r => r.ToView())];

    /// <inheritdoc />
    public Task<long> CountWaitingAsync(Caller caller, string channelId, CancellationToken cancellationToken) => store.CountAsync(caller, channelId, [AwaitingApproval, Scheduled, Held], cancellationToken);

    /// <inheritdoc />
    public Task ReleaseChannelAsync(Caller caller, string channelId, CancellationToken cancellationToken) =>
        ChangeChannelAsync(caller, channelId, [Held], p => p.Release(policy.Grace, caller.Name, clock.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public Task HoldChannelAsync(Caller caller, string channelId, PublicationError error, CancellationToken cancellationToken) =>
        ChangeChannelAsync(caller, channelId, [Scheduled, PublicationState.Publishing], p => p.Hold(error, caller.Name, clock.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public Task CancelChannelAsync(Caller caller, string channelId, CancellationToken cancellationToken) =>
        ChangeChannelAsync(caller, channelId, Waiting, p => p.Cancel(caller.Name, clock.GetUtcNow()) is { Ok: true } cancelled ? cancelled.Value : p, cancellationToken);

    private Problem? StageNew(Caller caller, string postId, PlannedPublication planned, DueTime? due, WriteBatch batch)
    {
        var now = clock.GetUtcNow();
        var publication = Publication.Create(postId, planned, caller.Name, now);
        PublicationStore.StageNew(batch, caller, due is null ? publication : publication.Schedule(due, caller.Name, now).Unwrap());
        return null;
    }

    private static Problem? StageEdit(Caller caller, PublicationRecord record, PlannedPublication planned, WriteBatch batch, DateTimeOffset now)
    {
        if (SameContent.As(record.Publication.Content, planned.Content)) { return null; }
        var edited = record.Publication.Edit(planned.Content, caller.Name, now);
        if (edited.Ok) { PublicationStore.StageChange(batch, caller, record, edited.Value); }
        return edited.Problem;
    }

    private static Result<Done> StageRemoval(Caller caller, IReadOnlyList<PublicationRecord> records, WriteBatch batch)
    {
        if (records.Any(r => r.Publication.State is PublicationState.Publishing or Unconfirmed or Published)) { return Problem.Conflict("already_sending", "It is being sent or was sent already, so it can no longer be taken away."); }
        foreach (var record in records.Where(r => r.Publication.Sent.Count == 0)) { PublicationStore.StageDelete(batch, caller, record); }
        return Done.Value;
    }

    private async Task ChangeChannelAsync(Caller caller, string channelId, PublicationState[] states, Func<Publication, Publication> change, CancellationToken cancellationToken)
    {
        var records = await store.OfChannelAsync(caller, channelId, states, cancellationToken);
        // Together, so that the engine can group their commits.
        foreach (var some in records.Chunk(50)) { await Task.WhenAll(some.Select(r => store.ChangeAsync(caller, r.Id, p => change(p), cancellationToken))); }
        if (records.Count == 0) { return; }
        await announcer.WakeAsync(null, cancellationToken);
        foreach (var postId in records.Select(r => r.Publication.PostId).Distinct().Take(200)) { await announcer.PostChangedAsync(caller.OrganizationId, postId, cancellationToken); }
    }
}
