using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Platform.Telemetry.Metrics;

/// <summary>The spelling of the Prometheus text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/).</summary>
internal static class PrometheusText
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public static string NameOf(Instrument instrument, MetricKind kind)
    {
        var name = Clean(instrument.Name);
        var unit = instrument.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        if (!name.EndsWith(unit, StringComparison.Ordinal)) { name += unit; }
        return kind is MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    public static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) { return ""; }
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags) { parts[Clean(key)] = Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""); }
        return string.Join(',', parts.Select(p => $"{p.Key}=\"{p.Value}\""));
    }

    public static string Help(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Escape(string value) => Help(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var c in name) { clean.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'); }
        if (clean.Length > 0 && char.IsAsciiDigit(clean[0])) { clean.Insert(0, '_'); }
        return clean.ToString();
    }
}
