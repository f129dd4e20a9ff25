using Microsoft.AspNetCore.Identity;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Features.Accounts.Store;
using Platform.Features.Accounts.Ui;
using Platform.Storage;
using Platform.Ui;

namespace Platform.Features.Accounts;

/// <summary>Ways to sign in besides the password: passkeys, and an OpenID Connect provider.</summary>
public sealed class SignInWaysModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<OpenIdConnectOptions>().BindConfiguration("Accounts:OpenIdConnect").ValidateDataAnnotations().ValidateOnStart();
        services.AddCollection(ExternalLoginStore.Collection).AddCollection(ExternalLoginStore.Trips).AddSingleton<ExternalLoginStore>();
        services.AddSingleton<OpenIdProvider>().AddTransient<OpenIdTokens>().AddTransient<OpenIdSignIn>().AddTransient<OpenIdAccounts>().AddTransient<OpenIdNewcomers>();
        AddPasskeys(services);
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        app.MapOpenId();
        app.MapPasskeys();
    }

    private static void AddPasskeys(IServiceCollection services)
    {
        services.AddCollection(PasskeyStore.Collection).AddCollection(PasskeyStore.Ceremonies).AddSingleton<PasskeyStore>();
        services.AddHttpContextAccessor().AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>().AddScoped<IPasskeyChecks, PasskeyChecks<Account>>();
        services.AddTransient<Passkeys>().AddTransient<PasskeyUses>().AddTransient<PasskeySignIn>().AddTransient<ISecondFactor, PasskeyFactor>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IConfiguration>(PasskeySite.Configure);
        services.AddSingleton(new AccountSecurityPart(MenuArea.Customer, 10, typeof(PasskeysPanel)));
        services.AddSingleton(new AccountSecurityPart(MenuArea.Staff, 10, typeof(PasskeysPanel)));
        services.AddSingleton(new AccountSecurityPart(MenuArea.Customer, 20, typeof(IdentitiesPanel)));
    }
}
