namespace Platform.Coordination;

/// <summary>Wires this up.</summary>
public sealed class CoordinationModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
