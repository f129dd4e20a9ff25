using Microsoft.AspNetCore.Components.Server.Circuits;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Features.Accounts.Jobs;
using Platform.Features.Accounts.Store;
using Platform.Features.Accounts.Ui;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Accounts;

/// <summary>The staff's part of the feature's wiring: staff accounts, where they may come from, how long their sessions last, acting as a customer.</summary>
public sealed class StaffModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<StaffOptions>().BindConfiguration("Staff").ValidateDataAnnotations().ValidateOnStart();
        services.AddCollection(StaffNetworkStore.Collection).AddSingleton<StaffNetworkStore>().AddSingleton<StaffNetworks>().AddTransient<EditStaffNetworks>();
        services.AddSingleton<SessionLimits>().AddTransient<StaffRules>().AddTransient<SessionUses>().AddTransient<SessionRecords>().AddScoped<CircuitHandler, CircuitUse>();
        services.AddJob<EndImpersonationsOnTime, Nothing>();
        services.AddTransient<StartImpersonation>().AddTransient<EndImpersonations>().AddTransient<ReadImpersonation>();
        services.AddTransient<StaffAccounts>().AddTransient<ChangeStaff>().AddTransient<StaffMail>();
        services.AddSingleton(new HeaderPart(MenuArea.Customer, ShellSlot.Banner, 0, typeof(ImpersonationBanner)));
        services.AddSingleton(new MenuEntry(MenuArea.Staff, 80, "Staff", "/admin/staff", "badge", Permission.StaffManage));
        services.AddSingleton(new MenuEntry(MenuArea.Staff, 82, "Roles", "/admin/roles", "policy", Permission.StaffOverview));
        services.AddSingleton(new MenuEntry(MenuArea.Staff, 84, "Access", "/admin/security", "shield", Permission.StaffManage));
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        app.MapImpersonation();
        app.MapStaffAccounts();
        app.MapStaffSecurity();
    }
}
