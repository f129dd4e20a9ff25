namespace Platform.Features.Operations;

/// <summary>Wires this up.</summary>
public sealed class OperationsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
