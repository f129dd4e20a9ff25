namespace Platform.Features.Analytics;

/// <summary>Wires this up.</summary>
public sealed class AnalyticsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
