namespace Platform.Jobs;

/// <summary>Wires this up.</summary>
public sealed class JobsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
