namespace Platform.Api;

/// <summary>Wires this up.</summary>
public sealed class ApiModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
