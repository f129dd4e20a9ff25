using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Analytics;

/// <summary>Wires this up.</summary>
public sealed class AnalyticsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(new MenuEntry(MenuArea.Customer, 10, "Dashboard", "/", "space_dashboard", Permission.ContentRead, "g d"));

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
