using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Platform.Telemetry.Metrics;
using Platform.Tests.TestKit;

namespace Platform.Tests.Telemetry;

/// <summary>deploy/alerts.yaml: an alert over a metric that nobody tells never fires, which looks like health.</summary>
public sealed partial class AlertRulesTests : IDisposable
{
    // What Prometheus makes itself.
    private static readonly string[] OfPrometheus = ["up"];
    private readonly PlatformApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Every_metric_that_an_alert_names_is_told_by_the_running_app()
    {
        using var client = _app.CreateClient();
        (await client.GetAsync(new Uri("/sign-in", UriKind.Relative))).EnsureSuccessStatusCode();
        var alerts = Expressions();
        alerts.Count.ShouldBeGreaterThan(8);
        // Jobs make their instruments with the first run, which may be minutes away.
        RuntimeHelpers.RunClassConstructor(typeof(Platform.Jobs.JobsTelemetry).TypeHandle);
        // The framework makes its own with the first circuit.
        _app.Services.GetRequiredService(Type.GetType("Microsoft.AspNetCore.Components.Server.Circuits.CircuitMetrics, Microsoft.AspNetCore.Components.Server", throwOnError: true)!);
        var told = _app.Get<PrometheusMetrics>().Names.ToHashSet();
        var named = alerts.SelectMany(MetricsOf).Distinct().Except(OfPrometheus).ToList();
        named.Count.ShouldBeGreaterThan(6);
        named.Where(n => !told.Contains(n)).ShouldBeEmpty();
    }

    [Fact]
    public void An_alert_over_an_unknown_metric_would_be_found() => MetricsOf("sum(rate(platform_nothing_total{a=\"b\"}[5m])) / max(http_x_seconds_bucket) > 0.02").ShouldBe(["platform_nothing_total", "http_x_seconds"]);

    [Fact]
    public void Each_alert_is_explained_to_those_who_get_it()
    {
        var manual = File.ReadAllText(Path.Combine(PlatformApp.RepositoryRoot(), "docs/OPERATIONS.md"));
        var alerts = AlertName().Matches(Rules()).Select(m => m.Groups[1].Value).ToList();
        alerts.ShouldNotBeEmpty();
        alerts.Where(a => !manual.Contains($"| {a} |", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Rules() => File.ReadAllText(Path.Combine(PlatformApp.RepositoryRoot(), "deploy/alerts.yaml"));

    private static List<string> Expressions() => [.. Expression().Matches(Rules()).Select(m => m.Groups[1].Value)];

    // Words with an underscore outside braces and quotes, and "up"; a histogram's parts stand for it.
    private static IEnumerable<string> MetricsOf(string expression) => Word().Matches(Labels().Replace(expression, "")).Select(m => Suffix().Replace(m.Value, "")).Where(n => n.Contains('_', StringComparison.Ordinal) && n != "histogram_quantile").Distinct();

    [GeneratedRegex(@"^\s+- alert: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex AlertName();

    [GeneratedRegex(@"^\s+expr: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex(@"\{[^}]*\}|by \([^)]*\)|\[[^\]]*\]")]
    private static partial Regex Labels();

    [GeneratedRegex(@"[a-zA-Z_][a-zA-Z0-9_]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"_(bucket|count|sum)$")]
    private static partial Regex Suffix();
}
