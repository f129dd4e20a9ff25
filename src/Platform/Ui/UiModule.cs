namespace Platform.Ui;

/// <summary>Wires up what every page shares.</summary>
public sealed class UiModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) =>
        builder.Services.AddScoped<CallerProvider>().AddRazorComponents().AddInteractiveServerComponents();

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
