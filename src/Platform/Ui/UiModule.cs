using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Tenancy;
using Platform.Ui.Errors;
using Platform.Ui.Layouts;
using Platform.Ui.Live;
using Platform.Ui.Parts;
using Radzen;

namespace Platform.Ui;

/// <summary>Wires up what every page shares.</summary>
public sealed partial class UiModule : IModule
{
    private static readonly TimeSpan CircuitRetention = TimeSpan.FromMinutes(15);

    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddLocalization();
        services.AddRadzenComponents();
        services.AddScoped<PageActivity>().AddScoped<CallerProvider>();
        services.AddScoped<Toasts>();
        services.AddSingleton<ShellParts>();
        services.AddSingleton<SignalLiveEvents>().AddSingleton<ILiveEvents>(s => s.GetRequiredService<SignalLiveEvents>()).AddHostedService(s => s.GetRequiredService<SignalLiveEvents>());
        services.TryAddSingleton<IReaderSettings, UtcReaderSettings>();
        services.AddSingleton<CircuitGuard>();
        services.AddRazorComponents().AddInteractiveServerComponents(options => options.DisconnectedCircuitRetentionPeriod = CircuitRetention)
            .AddHubOptions(hub => hub.AddFilter<CircuitGuard>());
        services.AddOptions<CircuitLimits>().BindConfiguration("Circuits").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HubOptions>().Configure<IOptions<CircuitLimits>>((hub, limits) => hub.MaximumReceiveMessageSize = limits.Value.MessageBytes);
        services.AddOptions<AntiforgeryOptions>().Configure<PublicLinks>(NameAntiforgeryCookie);
        services.Configure<RequestLocalizationOptions>(SpeakReadersCulture);
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    /// <summary>
    /// A missing, forbidden or broken page still is a page. Called before sign-in is checked, so that what sign-in refuses is covered too;
    /// not through UseWhen, whose branch loses the routes that the second run needs.
    /// </summary>
    public static void UseErrorPages(WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) { app.UseExceptionHandler("/failed", createScopeForErrors: true); }
        app.UseStatusCodePagesWithReExecute("/not-found", "?status={0}", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (!IsPage(context) && context.Features.Get<IStatusCodePagesFeature>() is { } pages) { pages.Enabled = false; }
            return next(context);
        });
        app.UseMiddleware<OutagePage>();
    }

    // Like the sign-in cookies: bound to this host and to https, wherever there is https.
    private static void NameAntiforgeryCookie(AntiforgeryOptions options, PublicLinks links)
    {
        var https = links.Root.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        options.Cookie = new FormCookie(https) { Name = (https ? "__Host-" : "") + "platform-form", Path = "/", HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Strict, SecurePolicy = CookieSecurePolicy.SameAsRequest };
        options.SuppressXFrameOptionsHeader = true;
    }

    // Machines get bare status codes and problem documents; people get the page that says what is missing.
    internal static bool IsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.StartsWithSegments("/api") && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    // Dates and numbers in the reader's culture; the words are English until other resource files exist.
    private static void SpeakReadersCulture(RequestLocalizationOptions options)
    {
        options.DefaultRequestCulture = new RequestCulture("en-US", "en");
        options.SupportedCultures = [.. CultureInfo.GetCultures(CultureTypes.AllCultures).Where(c => c.Name.Length > 0)];
        options.SupportedUICultures = [new CultureInfo("en")];
    }

    // Not CookieSecurePolicy.Always: with that the framework refuses to make any form while a proxy that ends TLS is not yet named in Proxy.
    private sealed class FormCookie(bool https) : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var options = base.Build(context, expiresFrom);
            options.Secure |= https;
            return options;
        }
    }

    private sealed class UtcReaderSettings : IReaderSettings
    {
        public Task<ReaderSettings> ForAsync(Caller caller, CancellationToken cancellationToken) => Task.FromResult(ReaderSettings.Default);
    }
}
