namespace Platform.Features.Organizations;

/// <summary>Wires this up.</summary>
public sealed class OrganizationsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
