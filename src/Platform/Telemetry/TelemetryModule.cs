namespace Platform.Telemetry;

/// <summary>Wires this up.</summary>
public sealed class TelemetryModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
