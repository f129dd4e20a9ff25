using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Platform.Telemetry;

/// <summary>Sends traces and metrics by OTLP while the app runs, where an endpoint is set. Without one nothing is made and nothing is sampled.</summary>
public sealed class OpenTelemetryExport(IOptions<TelemetryOptions> options) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.Value.OtlpEndpoint)) { return Task.CompletedTask; }
        var endpoint = new Uri(options.Value.OtlpEndpoint);
        var resource = ResourceBuilder.CreateDefault().AddService("platform", serviceVersion: typeof(Program).Assembly.GetName().Version?.ToString());
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource("Platform.*", "Microsoft.AspNetCore", "System.Net.Http").AddOtlpExporter(o => o.Endpoint = endpoint).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter("Platform.*", "Microsoft.AspNetCore.*", "System.Runtime", "System.Net.Http").AddOtlpExporter(o => o.Endpoint = endpoint).Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        const int Milliseconds = 3_000; // a collector that is away must not hold up the stop
        _traces?.ForceFlush(Milliseconds);
        _metrics?.ForceFlush(Milliseconds);
    }, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
