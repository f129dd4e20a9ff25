namespace Platform.Networks;

/// <summary>Wires this up.</summary>
public sealed class NetworksModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
