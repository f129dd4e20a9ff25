namespace Platform.Storage;

/// <summary>Wires this up.</summary>
public sealed class StorageModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
