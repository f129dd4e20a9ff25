using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Features.Accounts.Store;
using Platform.Storage;

namespace Platform.Features.Accounts;

/// <summary>Ways to sign in besides the password: an OpenID Connect provider.</summary>
public sealed class SignInWaysModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<OpenIdConnectOptions>().BindConfiguration("Accounts:OpenIdConnect").ValidateDataAnnotations().ValidateOnStart();
        services.AddCollection(ExternalLoginStore.Collection).AddCollection(ExternalLoginStore.Trips).AddSingleton<ExternalLoginStore>();
        services.AddSingleton<OpenIdProvider>().AddTransient<OpenIdTokens>().AddTransient<OpenIdSignIn>().AddTransient<OpenIdAccounts>().AddTransient<OpenIdNewcomers>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => app.MapOpenId();
}
