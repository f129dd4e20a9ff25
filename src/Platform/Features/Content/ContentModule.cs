namespace Platform.Features.Content;

/// <summary>Wires this up.</summary>
public sealed class ContentModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
