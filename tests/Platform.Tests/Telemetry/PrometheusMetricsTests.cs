using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Platform.Primitives;
using Platform.Telemetry.Metrics;

namespace Platform.Tests.Telemetry;

public sealed class PrometheusMetricsTests : IDisposable
{
    private readonly string _id = Ids.New();
    private readonly Meter _meter;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly PrometheusMetrics _metrics;

    public PrometheusMetricsTests()
    {
        _meter = new Meter($"Platform.Test.{_id}");
        _metrics = new PrometheusMetrics(_services.GetRequiredService<IMeterFactory>());
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _meter.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Two_meters_with_an_instrument_of_one_name_share_its_series_whichever_came_first()
    {
        using var silent = new Meter($"Platform.Test.{_id}");
        silent.CreateCounter<long>($"test.{_id}.shared");
        _meter.CreateCounter<long>($"test.{_id}.shared").Add(4);
        Mine(_metrics.Write()).ShouldContain($"test_{_id}_shared_total 4");
    }

    [Fact]
    public void Another_apps_meters_are_not_heard()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().Create($"Platform.Test.{_id}").CreateCounter<long>($"test.{_id}.shared").Add(100);
        _services.GetRequiredService<IMeterFactory>().Create($"Platform.Test.{_id}").CreateCounter<long>($"test.{_id}.shared").Add(4);
        Mine(_metrics.Write()).ShouldContain($"test_{_id}_shared_total 4");
    }

    [Fact]
    public void Measurements_of_many_tags_find_their_own_series_by_keys_and_values()
    {
        var counter = _meter.CreateCounter<long>($"test.{_id}.calls");
        void Add(long by, params (string Key, object? Value)[] tags) => counter.Add(by, [.. tags.Select(t => new KeyValuePair<string, object?>(t.Key, t.Value))]);
        for (var round = 0; round < 2; round++)
        {
            Add(1, ("method", "GET"), ("host", "a"), ("port", 80), ("status", 200), ("version", "1.1"));
            Add(10, ("method", "GET"), ("host", "a"), ("port", 81), ("status", 200), ("version", "1.1"));
            Add(100, ("method", "GET"), ("other", "a"), ("port", 80), ("status", 200), ("version", "1.1"));
            Add(1000, ("method", "GET"), ("host", "a"), ("port", 80), ("status", 200));
            Add(10000, ("method", "GET"), ("host", null), ("port", 80), ("status", 200));
        }
        var lines = Mine(_metrics.Write());
        lines.ShouldContain($"test_{_id}_calls_total{{host=\"a\",method=\"GET\",port=\"80\",status=\"200\",version=\"1.1\"}} 2");
        lines.ShouldContain($"test_{_id}_calls_total{{host=\"a\",method=\"GET\",port=\"81\",status=\"200\",version=\"1.1\"}} 20");
        lines.ShouldContain($"test_{_id}_calls_total{{method=\"GET\",other=\"a\",port=\"80\",status=\"200\",version=\"1.1\"}} 200");
        lines.ShouldContain($"test_{_id}_calls_total{{host=\"a\",method=\"GET\",port=\"80\",status=\"200\"}} 2000");
        lines.ShouldContain($"test_{_id}_calls_total{{host=\"\",method=\"GET\",port=\"80\",status=\"200\"}} 20000");
    }

    [Fact]
    public void Counters_gauges_and_histograms_are_written_as_prometheus_reads_them()
    {
        var counter = _meter.CreateCounter<long>($"test.{_id}.sent", "{mail}", "Mails\nsent");
        counter.Add(2, new KeyValuePair<string, object?>("network", "a\"b\\c\nd"));
        counter.Add(3, new KeyValuePair<string, object?>("network", "a\"b\\c\nd"));
        var queue = _meter.CreateUpDownCounter<int>($"test.{_id}.queue");
        queue.Add(5);
        queue.Add(-2);
        _meter.CreateObservableGauge($"test.{_id}.level", () => 1.5);
        _meter.CreateObservableCounter($"test.{_id}.total", () => 7L);
        var late = _meter.CreateHistogram<double>($"test.{_id}.late", "s", "Lateness");
        foreach (var value in new[] { 0.001, 0.02, 0.02, 9_999 }) { late.Record(value); }

        _metrics.Write(); // observables tell totals: a second look must not add
        var lines = Mine(_metrics.Write());
        lines.ShouldContain($"# TYPE test_{_id}_sent_total counter");
        lines.ShouldContain($"# HELP test_{_id}_sent_total Mails\\nsent");
        lines.ShouldContain($"test_{_id}_sent_total{{network=\"a\\\"b\\\\c\\nd\"}} 5");
        lines.ShouldContain($"test_{_id}_queue 3");
        lines.ShouldContain($"test_{_id}_level 1.5");
        lines.ShouldContain($"test_{_id}_total 7");
        lines.ShouldContain($"test_{_id}_late_seconds_bucket{{le=\"0.001\"}} 1");
        lines.ShouldContain($"test_{_id}_late_seconds_bucket{{le=\"0.025\"}} 3");
        lines.ShouldContain($"test_{_id}_late_seconds_bucket{{le=\"+Inf\"}} 4");
        lines.ShouldContain($"test_{_id}_late_seconds_count 4");
    }

    [Fact]
    public void Every_line_is_a_comment_or_a_sample_and_every_name_has_one_type()
    {
        _meter.CreateCounter<long>($"test.{_id}.x").Add(1, new("a", "b"), new("c", 1.5));
        var text = _metrics.Write();
        var sample = new Regex("""^[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_][a-zA-Z0-9_]*="(\\.|[^"\\])*"(,[a-zA-Z_][a-zA-Z0-9_]*="(\\.|[^"\\])*")*\})? (\S+)$""");
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('#')))
        {
            var match = sample.Match(line);
            match.Success.ShouldBeTrue(line);
            double.TryParse(match.Groups[^1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _).ShouldBeTrue(line);
        }
        var types = text.Split('\n').Where(l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]).ToList();
        types.ShouldBeUnique();
        types.ShouldNotBeEmpty();
    }

    [Fact]
    public void Labels_made_of_ids_do_not_eat_the_memory()
    {
        var counter = _meter.CreateCounter<long>($"test.{_id}.ids");
        for (var i = 0; i < MetricSeries.MostSeries * 2; i++) { counter.Add(1, new KeyValuePair<string, object?>("id", i)); }
        Mine(_metrics.Write()).Count(l => !l.StartsWith('#')).ShouldBe(MetricSeries.MostSeries);
    }

    private List<string> Mine(string text) => [.. text.Split('\n').Where(l => l.Contains(_id, StringComparison.Ordinal))];
}
