namespace Platform.Features.Agents;

/// <summary>Wires this up.</summary>
public sealed class AgentsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
