using Platform.Api;
using Platform.Coordination;
using Platform.Features.Operations.Actions;
using Platform.Features.Operations.Api;
using Platform.Features.Operations.Ui.Admin;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Operations;

/// <summary>Wires up the staff's side: overview, users, organizations, jobs.</summary>
public sealed class OperationsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddTransient<GetOverview>().AddTransient<GetTenant>().AddTransient<ReadRecurringHealth>();
        builder.Services.AddSingleton(provider => new ReadinessCheck("recurring jobs", async token => (await provider.GetRequiredService<ReadRecurringHealth>().RunAsync(token)).Count == 0, Needed: false));
        AddCopies(builder);
        builder.Services.AddTransient<ReadJobs>().AddTransient<ChangeJob>().AddTransient<TriggerRecurringJob>();
        builder.Services.AddSingleton(new MenuEntry(MenuArea.Staff, 10, "Overview", "/admin", "monitoring", Permission.StaffOverview));
        builder.Services.AddSingleton(new MenuEntry(MenuArea.Staff, 20, "Users", "/admin/users", "group", Permission.StaffTenantsRead));
        builder.Services.AddSingleton(new MenuEntry(MenuArea.Staff, 30, "Organizations", "/admin/organizations", "domain", Permission.StaffTenantsRead));
        builder.Services.AddSingleton(new MenuEntry(MenuArea.Staff, 40, "Jobs", "/admin/jobs", "stacks", Permission.StaffJobsRead));
    }

    // Without Redis a copy works on, so it stays ready: the check shows as degraded.
    private static void AddCopies(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new HeaderPart(MenuArea.Staff, ShellSlot.Banner, 10, typeof(AloneBanner)));
        if (string.IsNullOrWhiteSpace(builder.Configuration["Coordination:RedisUrl"])) { return; }
        builder.Services.AddSingleton(provider => new ReadinessCheck("coordination", _ => Task.FromResult(!provider.GetRequiredService<ICoordinationHealth>().IsAlone), Needed: false));
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        TenantsAdminEndpoints.Map(app);
        JobsAdminEndpoints.Map(app);
    }
}
