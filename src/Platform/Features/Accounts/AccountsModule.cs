using Platform.Features.Accounts.Store;
using Platform.Tenancy;

namespace Platform.Features.Accounts;

/// <summary>People, sign-in and sessions; and the keys that all secrets are sealed with.</summary>
public sealed class AccountsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.AddSingleton<ISecretBox>(_ => new SecretBox(MasterKey.Load(configuration, DataDirectory(configuration))));
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }

    private static string DataDirectory(IConfiguration configuration) => Path.GetFullPath(configuration["Platform:DataDirectory"] is { Length: > 0 } folder ? folder : "./data");
}
