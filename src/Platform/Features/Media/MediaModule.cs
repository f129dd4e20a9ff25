namespace Platform.Features.Media;

/// <summary>Wires this up.</summary>
public sealed class MediaModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
