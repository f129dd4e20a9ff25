using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Coordination.InMemory;

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
            .Validate(o => string.IsNullOrWhiteSpace(o.RedisUrl), "Coordination:RedisUrl is set, but this build has no Redis engine yet (it arrives with issue 4). Leave it empty to coordinate in memory.")
            .ValidateOnStart();
        services.AddSingleton<ISignals, InMemorySignals>();
        services.AddSingleton<ICounters, InMemoryCounters>();
        services.AddSingleton<ILocks, InMemoryLocks>();
        services.AddSingleton<ICache, InMemoryCache>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
