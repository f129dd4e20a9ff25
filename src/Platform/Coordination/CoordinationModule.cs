using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Coordination.InMemory;
using Platform.Coordination.Redis;

namespace Platform.Coordination;

/// <summary>Chooses how parts and copies of the app hear of each other.</summary>
public sealed class CoordinationModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<CoordinationOptions>().BindConfiguration("Coordination")
            .Validate(o => IsAddress(o.RedisUrl), "Coordination:RedisUrl is no address of Redis: say host:port, redis://:password@host:port or rediss://… (TLS), or leave it empty to coordinate in memory.")
            .ValidateOnStart();
        services.AddSingleton<InMemorySignals>().AddSingleton<InMemoryCounters>().AddSingleton<InMemoryLocks>().AddSingleton<InMemoryCache>();
        services.AddSingleton(s => new InMemoryPresence(s.GetRequiredService<InMemorySignals>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CoordinationMeter>();
        if (string.IsNullOrWhiteSpace(builder.Configuration["Coordination:RedisUrl"])) { AddInMemory(services); } else { AddRedis(services); }
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => app.Services.GetRequiredService<CoordinationMeter>();

    private static void AddInMemory(IServiceCollection services)
    {
        services.AddSingleton<ISignals>(s => s.GetRequiredService<InMemorySignals>());
        services.AddSingleton<ICounters>(s => s.GetRequiredService<InMemoryCounters>());
        services.AddSingleton<ILocks>(s => s.GetRequiredService<InMemoryLocks>());
        services.AddSingleton<ICache>(s => s.GetRequiredService<InMemoryCache>());
        services.AddSingleton<IPresence>(s => s.GetRequiredService<InMemoryPresence>()).AddSingleton<ICoordinationHealth, SingleCopy>();
    }

    // Each stands on the engine of one copy, which answers while Redis does not.
    private static void AddRedis(IServiceCollection services)
    {
        services.AddSingleton(s => new RedisLink(s.GetRequiredService<IOptions<CoordinationOptions>>().Value.RedisUrl!, s.GetRequiredService<ILogger<RedisLink>>()));
        services.AddSingleton<ISignals>(s => new RedisSignals(s.GetRequiredService<RedisLink>(), s.GetRequiredService<InMemorySignals>()));
        services.AddSingleton<ICounters>(s => new RedisCounters(s.GetRequiredService<RedisLink>(), s.GetRequiredService<InMemoryCounters>()));
        services.AddSingleton<ILocks>(s => new RedisLocks(s.GetRequiredService<RedisLink>(), s.GetRequiredService<InMemoryLocks>()));
        services.AddSingleton<ICache>(s => new RedisCache(s.GetRequiredService<InMemoryCache>(), s.GetRequiredService<ISignals>()));
        services.AddSingleton<IPresence>(s => new RedisPresence(s.GetRequiredService<RedisLink>(), s.GetRequiredService<InMemoryPresence>(), s.GetRequiredService<ISignals>()));
        services.AddSingleton(s => new RedisWatch(s.GetRequiredService<RedisLink>(), s.GetRequiredService<InMemorySignals>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ICoordinationHealth>(s => s.GetRequiredService<RedisWatch>()).AddHostedService(s => s.GetRequiredService<RedisWatch>());
    }

    private static bool IsAddress(string? address)
    {
        if (string.IsNullOrWhiteSpace(address)) { return true; }
        try { return RedisLink.Parse(address).EndPoints.Count > 0; }
        catch (ArgumentException) { return false; }
    }
}
