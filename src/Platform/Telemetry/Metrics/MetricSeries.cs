using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Platform.Telemetry.Metrics;

/// <summary>How an instrument is shown.</summary>
internal enum MetricKind
{
    /// <summary>Grows only.</summary>
    Counter,

    /// <summary>Up and down.</summary>
    Gauge,

    /// <summary>Counts by size.</summary>
    Histogram,
}

/// <summary>The series of one instrument, by their labels. At most <see cref="MostSeries"/>: labels made of ids would otherwise eat the memory.</summary>
internal sealed class MetricSeries(Instrument instrument, MetricKind kind, bool isTotal, double[] bounds)
{
    public const int MostSeries = 1_000;

    private readonly ConcurrentDictionary<string, Cell> _cells = new();
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Cell> _known = new(TagsComparer.Instance);

    public string Name { get; } = PrometheusText.NameOf(instrument, kind);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (CellOf(tags) is not { } cell) { return; }
        lock (cell)
        {
            cell.Value = isTotal ? value : cell.Value + value;
            if (cell.Buckets.Length == 0) { return; }
            cell.Count++;
            cell.Buckets[BucketOf(value)]++;
        }
    }

    // Spelling labels takes longer than everything else here together, and each post records a dozen times (storage, its HTTP call): so cells are found by the tags.
    private Cell? CellOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var byTags = _known.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        if (byTags.TryGetValue(tags, out var known)) { return known; }
        var labels = PrometheusText.LabelsOf(tags);
        if (!_cells.TryGetValue(labels, out var cell))
        {
            if (_cells.Count >= MostSeries) { return null; }
            cell = _cells.GetOrAdd(labels, static (_, size) => new Cell(size), kind is MetricKind.Histogram ? bounds.Length + 1 : 0);
        }
        if (_known.Count < MostSeries) { byTags.TryAdd(tags, cell); }
        return cell;
    }

    public void Write(StringBuilder text)
    {
        if (_cells.IsEmpty) { return; }
        text.Append("# HELP ").Append(Name).Append(' ').Append(PrometheusText.Help(instrument.Description ?? instrument.Name)).Append('\n');
        text.Append("# TYPE ").Append(Name).Append(' ').Append(kind switch { MetricKind.Counter => "counter", MetricKind.Gauge => "gauge", _ => "histogram" }).Append('\n');
        foreach (var (labels, cell) in _cells.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            lock (cell)
            {
                if (kind is MetricKind.Histogram) { WriteHistogram(text, labels, cell); } else { Line(text, Name, labels, cell.Value); }
            }
        }
    }

    private void WriteHistogram(StringBuilder text, string labels, Cell cell)
    {
        var below = 0L;
        for (var i = 0; i < cell.Buckets.Length; i++)
        {
            below += cell.Buckets[i];
            var bound = i < bounds.Length ? bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            Line(text, Name + "_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"", below);
        }
        Line(text, Name + "_sum", labels, cell.Value);
        Line(text, Name + "_count", labels, cell.Count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) { text.Append('{').Append(labels).Append('}'); }
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private int BucketOf(double value)
    {
        var at = Array.BinarySearch(bounds, value);
        return at >= 0 ? at : ~at;
    }

    private sealed class Cell(int buckets)
    {
        public double Value { get; set; }

        public long Count { get; set; }

        public long[] Buckets { get; } = new long[buckets];
    }
}
