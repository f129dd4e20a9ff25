using System.Collections.Concurrent;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;

namespace Platform.Features.Publishing.Actions;

/// <summary>
/// Tells observers and open pages of changed publications, at least once, in order for each publication. An observer that fails is told again later,
/// alone; it holds up neither the others nor the publication.
/// </summary>
public sealed class DeliverEvents(OutboxStore store, IEnumerable<IPublicationObserver> observers, Announcer announcer, TimeProvider clock, ILogger<DeliverEvents> logger)
{
    private const int Batch = 200;
    private static readonly TimeSpan DeliveryTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private readonly (string Name, IPublicationObserver Observer)[] _observers = [.. observers.Select(o => (o.GetType().FullName!, o))];

    /// <summary>Delivers one batch; how many publications it was.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var taken = await store.TakeAsync(now, Batch, now + DeliveryTime, cancellationToken);
        if (taken.Count == 0) { return 0; }
        var delivered = new ConcurrentBag<PublicationRecord>();
        await Parallel.ForEachAsync(taken, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (record, token) =>
        {
            var left = await DeliverAsync(record, token);
            if (left.Count == 0) { delivered.Add(record); }
            else { await store.KeepAsync(record, left, clock.GetUtcNow() + Again, token); }
        });
        await store.ClearAsync(delivered, cancellationToken);
        foreach (var post in taken.Select(r => (r.OrganizationId, r.Publication.PostId)).Distinct()) { await announcer.PostChangedAsync(post.OrganizationId, post.PostId, cancellationToken); }
        return taken.Count;
    }

    /// <summary>When the next event is due; null where none waits.</summary>
    public Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken) => store.NextAsync(cancellationToken);

    private async Task<IReadOnlyList<OutboxEvent>> DeliverAsync(PublicationRecord record, CancellationToken cancellationToken)
    {
        var (left, failed) = (new List<OutboxEvent>(), new HashSet<string>());
        foreach (var change in record.Publication.Outbox)
        {
            var waiting = new List<string>();
            foreach (var (name, observer) in _observers.Where(o => change.Waiting?.Contains(o.Name) ?? true))
            {
                // After one failure the later events of this publication wait too: order is kept for each observer.
                if (!failed.Contains(name) && await TellAsync(observer, record, change, cancellationToken)) { continue; }
                failed.Add(name);
                waiting.Add(name);
            }
            if (waiting.Count > 0) { left.Add(change with { Waiting = waiting }); }
        }
        return left;
    }

    private async Task<bool> TellAsync(IPublicationObserver observer, PublicationRecord record, OutboxEvent change, CancellationToken cancellationToken)
    {
        var it = record.Publication;
        try
        {
            await observer.OnChangedAsync(new($"{record.Id}-{change.Key}", record.OrganizationId, record.Id, it.PostId, it.ChannelId, it.Network, change.From, change.To, change.At, change.Error), cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(e, "{Observer} could not follow publication {Id} to {State}; it is told again", observer.GetType().Name, record.Id, change.To);
            return false;
        }
    }
}
