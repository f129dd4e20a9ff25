using Platform.Api;
using Platform.Features.Media.Contracts;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Api;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Jobs;
using Platform.Features.Organizations.Store;
using Platform.Features.Organizations.Ui;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Organizations;

/// <summary>Tenants, members, plans' limits.</summary>
public sealed class OrganizationsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<OrganizationsOptions>().BindConfiguration("Organizations").ValidateDataAnnotations().ValidateOnStart();
        services.AddCollection(OrganizationStore.Organizations).AddCollection(OrganizationStore.Memberships).AddCollection(RosterStore.Collection).AddCollection(InvitationStore.Collection).AddCollection(BrandStore.Collection)
            .AddSingleton<OrganizationStore>().AddSingleton<RosterStore>().AddSingleton<InvitationStore>().AddSingleton<BrandStore>();
        services.AddSingleton<OrganizationDirectory>()
            .AddSingleton<IOrganizations>(provider => provider.GetRequiredService<OrganizationDirectory>()).AddSingleton<IPlanLimits>(provider => provider.GetRequiredService<OrganizationDirectory>())
            .AddSingleton<OrganizationQuota>(provider => async (id, token) => RequestQuotas.Of((await provider.GetRequiredService<IPlanLimits>().OfAsync(id, token)).Plan))
            .AddSingleton<IReaderSettings, OrganizationReaderSettings>().AddSingleton<IMembershipImport, MembershipImport>();
        AddActions(services);
        AddTeam(services);
        AddPages(services);
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        app.MapOrganizations();
        app.MapTeam();
        app.MapOrganizationSettings();
    }

    private static void AddActions(IServiceCollection services) => services
        .AddTransient<OrganizationChanges>().AddTransient<CreateOrganization>().AddTransient<UpdateOrganization>().AddTransient<ReadOrganizations>()
        .AddTransient<EditBrand>().AddTransient<IBrand, EditBrand>().AddTransient<OrganizationProfile>().AddTransient<IMediaUse, LogoMediaUse>().AddTransient<OrganizationSecurity>()
        .AddTransient<CloseOrganization>().AddTransient<ClosingMail>().AddTransient<DeleteClosedOrganizations>()
        .AddJob<CancelClosedPublications, ClosedOrganization>().AddJob<DeleteClosed, Nothing>();

    private static void AddTeam(IServiceCollection services) => services
        .AddSingleton<Clock>().AddTransient<RosterChanges>().AddTransient<TeamMail>().AddTransient<ChannelChoice>().AddTransient<InvitationLetters>().AddSingleton<MailAllowance>()
        .AddTransient<ReadMembers>().AddTransient<ChangeMember>().AddTransient<RemoveMember>().AddTransient<LeaveOrganization>().AddTransient<TransferOwnership>()
        .AddTransient<InviteMember>().AddTransient<ListInvitations>().AddTransient<ResendInvitation>().AddTransient<RevokeInvitation>().AddTransient<IInvitations, AcceptInvitation>();

    private static void AddPages(IServiceCollection services) => services
        .AddTransient<TeamReads>().AddTransient<MemberCommands>().AddTransient<InvitationCommands>().AddTransient<SettingsActions>()
        .AddSingleton(new HeaderPart(MenuArea.Customer, ShellSlot.NavigationTop, 10, typeof(OrganizationSwitch)))
        .AddSingleton(new MenuEntry(MenuArea.Customer, 90, "Team", "/team", "group", Permission.ContentRead, "g t"))
        .AddSingleton(new MenuEntry(MenuArea.Customer, 92, "Brand", "/brand", "palette", Permission.ContentRead, "g b"))
        .AddSingleton(new MenuEntry(MenuArea.Customer, 95, "Settings", "/settings", "settings", Permission.ContentRead, "g s"));
}
