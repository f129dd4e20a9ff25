namespace Platform.Features.Audit;

/// <summary>Wires this up.</summary>
public sealed class AuditModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
