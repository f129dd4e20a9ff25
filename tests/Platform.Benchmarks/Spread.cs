using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>Median and range of repeated numbers.</summary>
internal static class Spread
{
    public static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    public static double Percentile(IReadOnlyList<double> sorted, double part) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];

    /// <summary>Such as <c>9.1 (8.7..9.9)</c>.</summary>
    public static string Text(IReadOnlyCollection<double> numbers, string format = "0.00") =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(numbers).ToString(format, CultureInfo.InvariantCulture)} ({numbers.Min().ToString(format, CultureInfo.InvariantCulture)}..{numbers.Max().ToString(format, CultureInfo.InvariantCulture)})");
}
