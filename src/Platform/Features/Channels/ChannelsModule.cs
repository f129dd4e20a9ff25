namespace Platform.Features.Channels;

/// <summary>Wires this up.</summary>
public sealed class ChannelsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
