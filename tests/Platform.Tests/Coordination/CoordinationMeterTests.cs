using Microsoft.Extensions.DependencyInjection;
using Platform.Coordination;
using Platform.Telemetry.Metrics;
using Platform.Tests.TestKit;

namespace Platform.Tests.Coordination;

public sealed class CoordinationMeterTests
{
    [Fact]
    public void Staff_are_told_by_a_number_when_a_copy_has_lost_the_others()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        using var metrics = new PrometheusMetrics(meters);
        var health = new Health();
        using var meter = new CoordinationMeter(meters, health);
        metrics.Write().ShouldContain("\nplatform_coordination_alone 0\n");
        health.IsAlone = true;
        metrics.Write().ShouldContain("\nplatform_coordination_alone 1\n");
    }

    [Fact]
    public async Task The_running_app_tells_it()
    {
        using var app = new PlatformApp().With("Coordination:RedisUrl", "127.0.0.1:1,connectTimeout=200,abortConnect=false");
        using var client = app.CreateClient();
        await Eventually.TrueAsync(() => Task.FromResult(app.Get<PrometheusMetrics>().Write().Contains("\nplatform_coordination_alone 1\n", StringComparison.Ordinal)), "it says that Redis is away", 30);
    }

    private sealed class Health : ICoordinationHealth
    {
        public bool IsShared => true;

        public bool IsAlone { get; set; }
    }
}
