namespace Platform.Ai;

/// <summary>Wires this up.</summary>
public sealed class AiModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
