using System.Globalization;

namespace Platform.Benchmarks.Running;

/// <summary>How late calls came after their moments, in milliseconds.</summary>
internal sealed class Lateness
{
    private readonly List<double> _sorted;

    public Lateness(IEnumerable<Arrival> arrivals, IReadOnlyDictionary<string, DateTimeOffset> due) =>
        _sorted = [.. arrivals.Select(a => (a.Arrived - due[a.Key]).TotalMilliseconds).Order()];

    public double First => _sorted[0];
    public double Middle => Spread.Percentile(_sorted, 0.5);
    public double P99 => Spread.Percentile(_sorted, 0.99);
    public double Last => _sorted[^1];

    /// <summary>Throws where one came before its moment (a millisecond is left to clocks' reading).</summary>
    public Lateness NeverEarly(string who) => First < -1 ? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{who}: one came {-First:0.0} ms early")) : this;
}
