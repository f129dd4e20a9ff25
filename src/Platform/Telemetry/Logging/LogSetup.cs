using System.Globalization;
using Serilog;
using Serilog.Formatting.Json;

namespace Platform.Telemetry.Logging;

/// <summary>Makes the logger: console, file if asked for, and whatever a <c>Serilog</c> section of the settings adds.</summary>
internal static class LogSetup
{
    private const string Words = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";
    private const int FilesKept = 14;

    public static Serilog.ILogger Make(IConfiguration configuration, TelemetryOptions options)
    {
        // Levels are sifted by Logging:LogLevel before lines come here, so that there is one place for them.
        var setup = new LoggerConfiguration().MinimumLevel.Verbose().Enrich.FromLogContext().Enrich.With<SecretMask>();
        setup = options.JsonConsole ? setup.WriteTo.Console(new JsonFormatter(renderMessage: true)) : setup.WriteTo.Console(outputTemplate: Words, formatProvider: CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(options.LogFile))
        {
            setup = setup.WriteTo.Async(sink => sink.File(new JsonFormatter(renderMessage: true), options.LogFile, rollingInterval: RollingInterval.Day, retainedFileCountLimit: FilesKept));
        }
        return (configuration.GetSection("Serilog").Exists() ? setup.ReadFrom.Configuration(configuration) : setup).CreateLogger();
    }
}
