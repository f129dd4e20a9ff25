using Platform.Features.Analytics.Actions;
using Platform.Features.Analytics.Api;
using Platform.Features.Analytics.Contracts;
using Platform.Features.Analytics.Jobs;
using Platform.Features.Analytics.Store;
using Platform.Features.Analytics.Ui;
using Platform.Features.Publishing.Contracts;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Analytics;

/// <summary>Wires up the collecting and reading of numbers.</summary>
public sealed class AnalyticsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCollection(AnalyticsStore.Tracked).AddCollection(AnalyticsStore.Snapshots).AddCollection(AnalyticsStore.Accounts).AddCollection(AnalyticsStore.Replies);
        services.AddSingleton<AnalyticsStore>().AddSingleton<TrackPublications>();
        services.AddSingleton<IPublicationObserver>(provider => provider.GetRequiredService<TrackPublications>());
        services.AddTransient<IAnalytics, AnalyticsDoor>().AddTransient<CollectNumbers>().AddTransient<CollectFollowers>().AddTransient<ReadAnalytics>();
        services.AddJob<CollectMetrics, Nothing>().AddJob<CollectAccountNumbers, Nothing>();
        services.AddSingleton(new PostPanel(typeof(PostNumbersPanel), 10));
        services.AddSingleton(new DashboardPart(DashboardColumn.Wide, 20, typeof(NumbersCard), Permission.AnalyticsRead));
        services.AddSingleton(new MenuEntry(MenuArea.Customer, 10, "Dashboard", "/", "space_dashboard", Permission.ContentRead, "g d"));
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => AnalyticsEndpoints.Map(app);
}
