using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Features.Demo.Actions;
using Platform.Features.Demo.Api;
using Platform.Features.Demo.Jobs;
using Platform.Features.Demo.Store;
using Platform.Features.Demo.Ui.Admin;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Demo;

/// <summary>Wires this up.</summary>
public sealed class DemoModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCollection(DemoStore.Collection);
        services.AddSingleton<DemoStore>();
        services.AddTransient<DemoPeople>().AddTransient<DemoChannels>().AddTransient<DemoPast>().AddTransient<DemoNumbers>().AddTransient<DemoFuture>().AddTransient<FillDemo>().AddTransient<OfferDemo>();
        services.AddJob<FillDemoJob, Nothing>();
        services.AddSingleton(new DashboardPart(DashboardColumn.Staff, 10, typeof(DemoOffer), Permission.StaffManage));
        services.TryAddSingleton<ICommandOutput>(Commands.Output);
        if (builder.Configuration.GetValue("Demo:Enabled", false)) { services.AddHostedService<DemoStartup>(); }
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => DemoAdminEndpoints.Map(app);
}
