using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Networks.Bluesky;
using Platform.Networks.Drafts;
using Platform.Networks.Mastodon;
using Platform.Networks.Outbound;
using Platform.Networks.Sandbox;

namespace Platform.Networks;

/// <summary>Wires up the networks and the guarded way out.</summary>
public sealed class NetworksModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<OutboundOptions>().BindConfiguration("Outbound")
            .Validate(o => o.ConnectTimeoutSeconds is >= 1 and <= 60, "Outbound:ConnectTimeoutSeconds must be 1 to 60").ValidateOnStart();
        services.AddSingleton<IHostResolver, SystemHostResolver>();
        services.AddSingleton<GuardedConnector>();
        services.AddSingleton<IOutboundClient, OutboundClient>();
        services.AddSingleton<IOutboundFetcher, OutboundFetcher>();
        services.AddSingleton<IDraftRules, DraftRules>();
        services.AddOptions<SandboxOptions>().BindConfiguration("Networks:Sandbox");
        services.AddSingleton<LocalSandbox>();
        services.AddSingleton<ISocialNetwork, SandboxNetwork>();
        services.AddSingleton<Xrpc>().AddSingleton<BlueskyPublisher>().AddSingleton<BlueskyReader>();
        services.AddSingleton<ISocialNetwork, BlueskyNetwork>();
        services.TryAddSingleton<INetworkApps, PassingNetworkApps>();
        services.AddSingleton<MastodonClient>().AddSingleton<MastodonApps>().AddSingleton<InstanceLimits>().AddSingleton<MastodonSignIn>().AddSingleton<MastodonPublisher>().AddSingleton<MastodonEditor>().AddSingleton<MastodonReader>();
        services.AddSingleton<ISocialNetwork, MastodonNetwork>();
        services.AddSingleton<INetworks, RegisteredNetworks>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
