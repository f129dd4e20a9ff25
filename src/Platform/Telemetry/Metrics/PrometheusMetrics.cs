using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Platform.Telemetry.Metrics;

/// <summary>Hears the meters of this process and writes their numbers down as Prometheus reads them.</summary>
public sealed class PrometheusMetrics : IDisposable
{
    private static readonly string[] Heard = ["Platform.", "Microsoft.AspNetCore.", "System.Runtime", "System.Net.Http"];
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
    private static readonly double[] Sizes = [1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 1_000_000];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _writing = new();

    /// <summary>Begins to hear.</summary>
    /// <param name="meters">The app's own meters; those that another app in this process made are not heard.</param>
    public PrometheusMetrics(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            var mine = instrument.Meter.Scope is not IMeterFactory scope || ReferenceEquals(scope, meters);
            if (mine && Array.Exists(Heard, prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.Ordinal))) { listener.EnableMeasurementEvents(instrument, SeriesOf(instrument)); }
        };
        Hear<byte>(v => v);
        Hear<short>(v => v);
        Hear<int>(v => v);
        Hear<long>(v => v);
        Hear<float>(v => v);
        Hear<double>(v => v);
        Hear<decimal>(v => (double)v);
        _listener.Start();
    }

    /// <summary>The metrics that there are, also those without a number yet.</summary>
    public IReadOnlyCollection<string> Names => [.. _series.Keys];

    /// <summary>The numbers of this moment.</summary>
    public string Write()
    {
        lock (_writing)
        {
            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var series in _series.Values.OrderBy(s => s.Name, StringComparer.Ordinal)) { series.Write(text); }
            return text.ToString();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Hear<T>(Func<T, double> toDouble) where T : struct =>
        _listener.SetMeasurementEventCallback<T>((_, value, tags, state) => ((MetricSeries)state!).Record(toDouble(value), tags));

    // Prometheus takes a name once, so instruments of one name share their series. An observable instrument tells its whole value each time; the others what is added.
    private MetricSeries SeriesOf(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        var kind = type.StartsWith("Histogram", StringComparison.Ordinal) ? MetricKind.Histogram
            : type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) ? MetricKind.Counter : MetricKind.Gauge;
        var isTotal = instrument.IsObservable || type.StartsWith("Gauge", StringComparison.Ordinal);
        return _series.GetOrAdd(PrometheusText.NameOf(instrument, kind), _ => new MetricSeries(instrument, kind, isTotal && kind is not MetricKind.Histogram, BoundsOf(instrument)));
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { Count: > 0 } advised } => [.. advised],
        Histogram<long> { Advice.HistogramBucketBoundaries: { Count: > 0 } advised } => [.. advised.Select(b => (double)b)],
        { Unit: "s" } => Seconds,
        _ => Sizes,
    };
}
