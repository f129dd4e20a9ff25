using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;

namespace Platform.Features.Publishing.Actions;

/// <summary>Counts how publishing stands; remembers the answer for a few seconds, because the count walks an index of all publications.</summary>
public sealed class PublishingHealth(HealthStore store, PublishingMeter meter, TimeProvider clock) : IPublishingHealth
{
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private (DateTimeOffset At, PublishingHealthView View)? _last;

    /// <inheritdoc />
    public async Task<PublishingHealthView> GetAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_last is { } last && now - last.At < Fresh) { return last.View; }
        var counts = await store.CountByStateAsync(cancellationToken);
        var (count, oldest) = await OverdueAsync(cancellationToken);
        var view = new PublishingHealthView(Enum.GetValues<PublicationState>().ToDictionary(s => s, s => counts.GetValueOrDefault(s)), count, oldest);
        _last = (now, view);
        return view;
    }

    /// <summary>Counts what is overdue and shows it as a metric.</summary>
    public async Task<(long Count, DateTimeOffset? Oldest)> OverdueAsync(CancellationToken cancellationToken)
    {
        var overdue = await store.OverdueAsync(clock.GetUtcNow() - Overdue, cancellationToken);
        meter.Overdue(overdue.Count);
        return overdue;
    }
}
