namespace Platform.Features.Notifications;

/// <summary>Wires this up.</summary>
public sealed class NotificationsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
