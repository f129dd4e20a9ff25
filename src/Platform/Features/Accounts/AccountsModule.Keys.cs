using Microsoft.AspNetCore.Authentication;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Features.Accounts.Store;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Accounts;

/// <content>API keys, and the keys of the installation.</content>
public sealed partial class AccountsModule
{
    private static void AddKeys(IServiceCollection services)
    {
        services.AddCollection(ApiKeyStore.Collection).AddSingleton<ApiKeyStore>().AddTransient<ApiKeyFacts>().AddTransient<ApiKeys>().AddTransient<CheckApiKey>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyScheme>(Schemes.ApiKey, null);
        services.AddSingleton(new MenuEntry(MenuArea.Customer, 96, "API keys", "/integrations/api-keys", "vpn_key", Permission.KeysManage));
    }

    private static void MapKeys(WebApplication app) => app.MapApiKeys();
}
