namespace Platform.Features.Demo;

/// <summary>Wires this up.</summary>
public sealed class DemoModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
