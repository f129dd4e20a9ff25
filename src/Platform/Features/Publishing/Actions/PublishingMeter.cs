using System.Diagnostics.Metrics;
using Platform.Features.Publishing.Contracts;

namespace Platform.Features.Publishing.Actions;

/// <summary>The numbers of publishing, as telemetry: meter <c>Platform.Publishing</c>.</summary>
public sealed class PublishingMeter : IDisposable
{
    private readonly Meter _meter = new("Platform.Publishing");
    private readonly Histogram<double> _lateness;
    private readonly Counter<long> _outcomes;
    private long _overdue;

    /// <summary>Makes the instruments.</summary>
    public PublishingMeter()
    {
        _lateness = _meter.CreateHistogram<double>("publishing.lateness", "ms", "From the due time to the stored intent of the first attempt.");
        _outcomes = _meter.CreateCounter<long>("publishing.attempts", "{attempt}", "Outbound calls by network and outcome.");
        _meter.CreateObservableGauge("publishing.overdue", () => Interlocked.Read(ref _overdue), "{publication}", "Due for more than a minute and not tried yet.");
    }

    /// <summary>A first attempt was this late.</summary>
    public void Late(TimeSpan by, string network) => _lateness.Record(Math.Max(0, by.TotalMilliseconds), new KeyValuePair<string, object?>("network", network));

    /// <summary>An outbound call ended.</summary>
    public void Ended(string network, PublicationState state, string outcome) => _outcomes.Add(1,
        new KeyValuePair<string, object?>("network", network), new("outcome", outcome), new("state", state.ToString()));

    /// <summary>How many are overdue now.</summary>
    public void Overdue(long count) => Interlocked.Exchange(ref _overdue, count);

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
