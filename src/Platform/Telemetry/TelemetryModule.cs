using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Telemetry.Logging;
using Platform.Telemetry.Metrics;
using Serilog;

namespace Platform.Telemetry;

/// <summary>Wires up logs, traces and metrics.</summary>
public sealed class TelemetryModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<TelemetryOptions>().BindConfiguration("Telemetry").ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsCheck>();
        builder.Logging.ClearProviders();
        // Made from the final settings: tests and hosts may add some after this point.
        services.AddSingleton<ILoggerProvider>(p => new Serilog.Extensions.Logging.SerilogLoggerProvider(
            LogSetup.Make(p.GetRequiredService<IConfiguration>(), p.GetRequiredService<IConfiguration>().GetSection("Telemetry").Get<TelemetryOptions>() ?? new()), dispose: true));
        services.AddSingleton<PrometheusMetrics>();
        services.AddHostedService<OpenTelemetryExport>();
        services.AddTransient<IStartupFilter, Outermost>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        app.Services.GetRequiredService<PrometheusMetrics>(); // hears from the start, not from the first scrape
        MetricsEndpoint.Map(app);
    }

    // Before routing and sign-in, so that refused requests have their line too.
    private sealed class Outermost : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseMiddleware<RequestLog>();
            next(app);
        };
    }
}
