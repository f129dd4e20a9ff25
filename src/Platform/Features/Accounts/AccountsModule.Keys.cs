using Microsoft.AspNetCore.Authentication;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Features.Accounts.Store;
using Platform.Features.Accounts.Jobs;
using Platform.Jobs;
using Platform.Primitives;
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
        services.AddCollection(MasterKeyMark.Collection).AddSingleton<MasterKeyMarks>().AddTransient<CheckMasterKey>();
        services.AddTransient<RotateSigningKeys>().AddTransient<SealAgain>().AddTransient<RotateMasterKey>().AddTransient<ReadKeys>()
            .AddJob<RotateSigningKeysOnSchedule, Nothing>().AddJob<SealAgainNightly, Nothing>().AddHostedService<FollowKeys>().AddSingleton<ICommand, RotateKeysCommand>();
        services.AddCollection(DataProtectionKey.Collection)
            .AddSealed<SigningKey>("Signing keys", k => k.SealedKey, k => SigningKey.AadOf(k.Id))
            .AddSealed<DataProtectionKey>("Data Protection ring", k => k.SealedXml, k => DataProtectionKey.AadOf(k.Id))
            .AddSealed<TwoFactor>("Authenticator apps", t => t.SealedSecret, t => TwoFactor.AadOf(t.Id))
            .AddSealed<TwoFactor>("Authenticator apps not verified yet", t => t.PendingSecret, t => TwoFactor.AadOf(t.Id))
            .AddSealed<IdempotencyRecord>("Kept answers", r => r.SealedAnswer, r => IdempotencyStore.AadOf(r.Id));
        services.AddSingleton(new MenuEntry(MenuArea.Staff, 70, "Keys", "/admin/keys", "vpn_key", Permission.StaffManage));
        services.AddSingleton(new MenuEntry(MenuArea.Customer, 96, "API keys", "/integrations/api-keys", "vpn_key", Permission.KeysManage));
    }

    private static void MapKeys(WebApplication app)
    {
        app.MapApiKeys();
        app.MapKeysAdmin();
    }
}
