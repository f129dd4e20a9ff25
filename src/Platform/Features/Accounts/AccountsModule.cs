namespace Platform.Features.Accounts;

/// <summary>Wires this up.</summary>
public sealed class AccountsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) { }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
