using Platform.Api;
using Platform.Features.Operations.Actions;
using Platform.Features.Operations.Api;
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
        builder.Services.AddTransient<ReadJobs>().AddTransient<ChangeJob>().AddTransient<TriggerRecurringJob>();
        builder.Services.AddSingleton(new MenuEntry(MenuArea.Staff, 10, "Overview", "/admin", "monitoring", Permission.StaffOverview));
        builder.Services.AddSingleton(new MenuEntry(MenuArea.Staff, 20, "Users", "/admin/users", "group", Permission.StaffTenantsRead));
        builder.Services.AddSingleton(new MenuEntry(MenuArea.Staff, 30, "Organizations", "/admin/organizations", "domain", Permission.StaffTenantsRead));
        builder.Services.AddSingleton(new MenuEntry(MenuArea.Staff, 40, "Jobs", "/admin/jobs", "stacks", Permission.StaffJobsRead));
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        TenantsAdminEndpoints.Map(app);
        JobsAdminEndpoints.Map(app);
    }
}
