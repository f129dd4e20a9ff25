using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Jobs;
using Platform.Features.Accounts.Store;
using Platform.Features.Accounts.Ui;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Accounts;

/// <summary>People, sign-in and sessions; and the keys that all secrets are sealed with.</summary>
public sealed partial class AccountsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccountsOptions>().BindConfiguration("Accounts").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountsOptions>, BreachedPasswordFileCheck>().AddSingleton<IValidateOptions<AccountsOptions>, GeoDatabaseCheck>();
        services.AddSingleton<GeoDatabase>().AddSingleton<Places>();
        services.AddSingleton<ISecretBox>(provider => { var c = provider.GetRequiredService<IConfiguration>(); return new SecretBox(MasterKey.Load(c, DataFolder.Of(c))); });
        AddStores(services);
        AddActions(services);
        AddIdentity(services);
        AddSchemes(services);
        AddKeys(services);
        services.AddHostedService<MasterKeyCheck>().AddHostedService<AccountsStartup>();
        services.AddScoped<AuthenticationStateProvider, LiveSession>();
        services.AddSingleton(new HeaderPart(MenuArea.Customer, ShellSlot.NavigationBottom, 10, typeof(PersonMenu)));
        services.AddSingleton(new PaletteAction(MenuArea.Customer, 90, "Your account", "/account", "person", Permission.ContentRead));
        services.AddSingleton(new HeaderPart(MenuArea.Staff, ShellSlot.NavigationBottom, 10, typeof(PersonMenu)));
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        app.MapAuth();
        app.MapJoining();
        app.MapStaffAuth();
        app.MapSecurity();
        app.MapProfile();
        app.MapBrowserForms();
        MapKeys(app);
    }

    private static void AddStores(IServiceCollection services) => services
        .AddCollection(AccountStore.Collection).AddCollection(SessionStore.Collection).AddCollection(OneTimeTokenStore.Collection).AddCollection(FailureStore.Collection)
        .AddCollection(SigningKeyStore.Collection).AddCollection(IdempotencyStore.Collection).AddCollection(SetupMarker.Collection)
        .AddCollection(TwoFactorStore.Collection).AddCollection(SignInChallengeStore.Collection).AddSingleton<TwoFactorStore>().AddSingleton<SignInChallengeStore>()
        .AddCollection(EmailChangeStore.Collection).AddCollection(AvatarStore.Collection).AddSingleton<EmailChangeStore>().AddSingleton<AvatarStore>()
        .AddSingleton<AccountStore>().AddSingleton<SessionStore>().AddSingleton<OneTimeTokenStore>().AddSingleton<FailureStore>()
        .AddSingleton<SigningKeyStore>().AddSingleton<SetupCode>().AddSingleton<IIdempotencyStore, IdempotencyStore>();

    private static void AddActions(IServiceCollection services) => services
        .AddSingleton<AccessTokens>().AddSingleton<SessionCache>().AddSingleton<SessionAnnouncer>().AddSingleton<VerifiedEmail>().AddSingleton<SetupAccess>().AddSingleton<SignInLocks>()
        .AddTransient<CheckSession>().AddTransient<Sessions>().AddTransient<IAccounts, AccountDirectory>().AddTransient<IAccountImport, AccountImport>().AddTransient<AccountMail>().AddTransient<AccountChanges>()
        .AddTransient<ISecondFactor, TotpFactor>().AddTransient<RecoveryCodeFactor>().AddTransient<FirstRecoveryCodes>().AddTransient<ISecondFactor>(p => p.GetRequiredService<RecoveryCodeFactor>()).AddTransient<SecondFactors>()
        .AddTransient<FinishSignIn>().AddTransient<VerifySignIn>().AddTransient<SignInAftermath>().AddTransient<SecurityMail>().AddTransient<ISecurityMail, SecurityMail>().AddTransient<OwnIdentity>()
        .AddTransient<ConfirmIdentity>().AddTransient<SecurityChange>().AddTransient<TwoFactorSecrets>().AddTransient<TwoFactorSettings>()
        .AddSingleton<BreachedPasswordFile>().AddTransient<PasswordPolicy>().AddTransient<ChangePassword>()
        .AddTransient<ChangeEmail>().AddTransient<EmailChangeMail>().AddTransient<OwnProfile>().AddTransient<IReaderPreferences, OwnProfile>().AddTransient<OwnAvatar>()
        .AddTransient<Register>().AddTransient<SignIn>().AddTransient<RefreshSession>().AddTransient<Verification>().AddTransient<ForgotPassword>().AddTransient<ResetPassword>()
        .AddTransient<IReauthentication, Reauthentication>().AddTransient<IPeopleSecurity, PeopleSecurity>().AddTransient<JoinByInvitation>()
        .AddTransient<AskForLink>().AddTransient<SignInByLink>().AddTransient<LinkAccounts>().AddTransient<MagicLinkMail>()
        .AddTransient<OwnAccount>().AddTransient<OwnSessions>().AddTransient<SwitchOrganization>().AddTransient<FirstStaff>();

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddSingleton<ILookupNormalizer, LowerCaseNormalizer>();
        services.AddIdentityCore<Account>().AddUserStore<IdentityStore>();
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<AccountsOptions>>((hasher, options) => hasher.IterationCount = options.Value.PasswordIterations);
        services.AddDataProtection().SetApplicationName("platform");
        services.AddOptions<KeyManagementOptions>().Configure<IConfiguration, IDocumentStore, ISecretBox>((keys, configuration, store, box) =>
        {
            keys.XmlRepository = new StoredKeyRing(store, box, Path.Combine(DataFolder.Of(configuration), "keys", "data-protection"));
            keys.XmlEncryptor = new SealedOutside();
        });
    }

    private static void AddSchemes(IServiceCollection services)
    {
        services.AddAuthentication(Schemes.Chooser)
            .AddPolicyScheme(Schemes.Chooser, null, options => options.ForwardDefaultSelector = Schemes.Choose)
            .AddJwtBearer(Schemes.CustomerToken, _ => { }).AddJwtBearer(Schemes.StaffToken, _ => { })
            .AddCookie(Schemes.CustomerCookie).AddCookie(Schemes.StaffCookie)
            .AddScheme<AuthenticationSchemeOptions, CircuitScheme>(Schemes.Circuit, null);
        services.AddOptions<JwtBearerOptions>(Schemes.CustomerToken).Configure<AccessTokens>((options, tokens) => Schemes.Configure(options, tokens, CallerKind.Person));
        services.AddOptions<JwtBearerOptions>(Schemes.StaffToken).Configure<AccessTokens>((options, tokens) => Schemes.Configure(options, tokens, CallerKind.Staff));
        services.AddOptions<CookieAuthenticationOptions>(Schemes.CustomerCookie).Configure<PublicLinks>((options, links) => Schemes.Configure(options, CallerKind.Person, IsHttps(links)));
        services.AddOptions<CookieAuthenticationOptions>(Schemes.StaffCookie).Configure<PublicLinks>((options, links) => Schemes.Configure(options, CallerKind.Staff, IsHttps(links)));
    }

    private static bool IsHttps(PublicLinks links) => links.Root.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
