namespace Platform.Features.Publishing;

/// <summary>Wires this up.</summary>
public sealed class PublishingModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
