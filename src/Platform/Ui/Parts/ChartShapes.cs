using System.Globalization;

namespace Platform.Ui.Parts;

/// <summary>One value of a chart.</summary>
/// <param name="Label">What it belongs to, such as a day.</param>
/// <param name="Value">The value; null where there is no data.</param>
public sealed record ChartPoint(string Label, double? Value);

/// <summary>Computes the shapes of the small charts, in their own coordinates.</summary>
public static class ChartShapes
{
    /// <summary>Lines for svg polylines: one for each run of values without a gap.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<double?> values, double width, double height, double pad = 2)
    {
        var (low, high) = (values.Min() ?? 0, values.Max() ?? 0);
        var span = high > low ? high - low : 1;
        var step = values.Count > 1 ? (width - (2 * pad)) / (values.Count - 1) : 0;
        var (lines, run) = (new List<string>(), new List<string>());
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value) { run.Add($"{N(pad + (i * step))},{N(height - pad - ((value - low) / span * (height - (2 * pad))))}"); }
            else { Flush(lines, run); }
        }
        Flush(lines, run);
        return lines;
    }

    /// <summary>A round number at or above the highest value whose half is round too: 2, 4, 6, 8 or 10 times a power of ten, at least 2.</summary>
    public static double Ceiling(double highest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(highest, 1))));
        return new[] { 2.0, 4, 6, 8, 10 }.First(f => f * power >= highest * 0.999999) * power;
    }

    /// <summary>A coordinate as svg reads it.</summary>
    public static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static void Flush(List<string> lines, List<string> run)
    {
        if (run.Count > 0) { lines.Add(string.Join(' ', run)); }
        run.Clear();
    }
}
