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
        var records = plan.IsNew ? [] : await store.OfPostsAsync(caller, [plan.PostId], cancellationToken);
        var staging = new PlanStaging(caller, plan, records, clock.GetUtcNow());
        if (staging.Stage(batch) is { } problem) { return problem; }
        return PlanStaging.Remove(caller, staging.Unwanted, batch);
    }

    /// <inheritdoc />
    public async Task<Result<Done>> StageDeleteAsync(Caller caller, string postId, WriteBatch batch, CancellationToken cancellationToken)
    {
        var records = await store.OfPostsAsync(caller, [postId], cancellationToken);
        return PlanStaging.Remove(caller, [.. records.Where(r => r.Publication.State is not Published)], batch);
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
