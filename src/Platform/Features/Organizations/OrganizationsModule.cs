using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Api;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Store;
using Platform.Features.Organizations.Ui;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Organizations;

/// <summary>Tenants, members, plans' limits.</summary>
public sealed class OrganizationsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) => builder.Services
        .AddCollection(OrganizationStore.Organizations)
        .AddCollection(OrganizationStore.Memberships)
        .AddSingleton<OrganizationStore>()
        .AddSingleton<OrganizationDirectory>()
        .AddSingleton<IOrganizations>(provider => provider.GetRequiredService<OrganizationDirectory>())
        .AddSingleton<IPlanLimits>(provider => provider.GetRequiredService<OrganizationDirectory>())
        .AddSingleton<IReaderSettings, OrganizationReaderSettings>()
        .AddSingleton(new HeaderPart(MenuArea.Customer, ShellSlot.NavigationTop, 10, typeof(OrganizationSwitch)))
        .AddSingleton<IMembershipImport, MembershipImport>()
        .AddSingleton(new MenuEntry(MenuArea.Customer, 95, "Settings", "/settings", "settings", Permission.ContentRead, "g s"))
        .AddTransient<CreateOrganization>()
        .AddTransient<UpdateOrganization>()
        .AddTransient<ReadOrganizations>();

    /// <inheritdoc />
    public static void Map(WebApplication app) => app.MapOrganizations();
}
