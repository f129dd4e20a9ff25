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

    private readonly ConcurrentDictionary<Instrument, MetricSeries> _series = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _writing = new();

    /// <summary>Begins to hear.</summary>
    public PrometheusMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Array.Exists(Heard, prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.Ordinal))) { listener.EnableMeasurementEvents(instrument, SeriesOf(instrument)); }
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

    /// <summary>The numbers of this moment.</summary>
    public string Write()
    {
        lock (_writing)
        {
            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            // Two meters may have an instrument of one name; Prometheus takes a name once.
            foreach (var series in _series.Values.GroupBy(s => s.Name).OrderBy(g => g.Key, StringComparer.Ordinal)) { series.First().Write(text); }
            return text.ToString();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Hear<T>(Func<T, double> toDouble) where T : struct =>
        _listener.SetMeasurementEventCallback<T>((_, value, tags, state) => ((MetricSeries)state!).Record(toDouble(value), tags));

    // An observable instrument tells its whole value each time; the others tell what is added.
    private MetricSeries SeriesOf(Instrument instrument) => _series.GetOrAdd(instrument, static i =>
    {
        var type = i.GetType().Name;
        var kind = type.StartsWith("Histogram", StringComparison.Ordinal) ? MetricKind.Histogram
            : type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) ? MetricKind.Counter : MetricKind.Gauge;
        var isTotal = i.IsObservable || type.StartsWith("Gauge", StringComparison.Ordinal);
        return new MetricSeries(i, kind, isTotal && kind is not MetricKind.Histogram, BoundsOf(i));
    });

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { Count: > 0 } advised } => [.. advised],
        Histogram<long> { Advice.HistogramBucketBoundaries: { Count: > 0 } advised } => [.. advised.Select(b => (double)b)],
        { Unit: "s" } => Seconds,
        _ => Sizes,
    };
}
