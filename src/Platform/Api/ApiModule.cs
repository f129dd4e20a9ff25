using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Coordination;
using Platform.Primitives;
using Platform.Storage;
using Platform.Ui;
using Platform.Tenancy;

namespace Platform.Api;

/// <summary>What every endpoint shares: problems, policies, limits, JSON.</summary>
public sealed class ApiModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton<PublicLinks>();
        services.AddOptions<SecurityOptions>().BindConfiguration("Security").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ProxyOptions>().BindConfiguration("Proxy").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsCheck>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // In-flight posts get ten seconds, then leases are handed back; what is left of this is slack.
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
        services.AddAuthorization(Policies.Register);
        services.AddCascadingAuthenticationState();
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CountRequest>(provider => (key, window, token) => provider.GetRequiredService<ICounters>().AddAsync(key, 1, window, token));
        services.AddApiDescription();
        services.AddSingleton(provider => new ReadinessCheck("storage", async token => (await provider.GetRequiredService<IStorageHealth>().CheckAsync(token)).Available));
        services.AddSingleton<ExplainException>(e => e is StorageUnavailableException
            ? new Problem(ProblemKind.UpstreamFailed, "storage_unavailable", "The storage cannot be reached now. Nothing was changed; try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(5) }
            : null);
        services.AddSingleton<ExplainException>(e => e is InvalidCursorException ? Problem.InvalidField("cursor", "invalid_cursor", "The cursor does not belong to this list. Start again without it.") : null);
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<HostGuard>();
        app.UseDraining();
        UiModule.UseErrorPages(app);
        app.UseMiddleware<ProblemMiddleware>();
        app.MapApiDescription();
        app.MapHealth();
        app.UseAuthentication();
        app.UseMiddleware<RateLimiting>();
        app.UseAuthorization();
        app.UseMiddleware<CrossSiteGuard>();
        app.UseMiddleware<Idempotency>();
        app.UseMiddleware<FormGuard>();
        // Inside idempotency as well, so that a failure's problem document is kept as the answer.
        app.UseMiddleware<ProblemMiddleware>();
    }

    /// <summary>JSON as this API speaks it: camelCase, enums as camelCase words, numbers as numbers, what a record requires is required.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(RequireParameters);
    }

    // A constructor parameter that is neither nullable nor has a default must be in the body; missing ones are a 400 that names them, not a null.
    private static void RequireParameters(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.AssociatedParameter is { HasDefaultValue: false, IsNullable: false })) { property.IsRequired = true; }
    }
}
