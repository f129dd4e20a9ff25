using Platform.Features.Channels.Actions;
using Platform.Features.Channels.Api;
using Platform.Features.Channels.Contracts;
using Platform.Features.Channels.Store;
using Platform.Storage;

namespace Platform.Features.Channels;

/// <summary>Wires this up.</summary>
public sealed class ChannelsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCollection(ChannelStore.Collection).AddCollection(PendingConnectStore.Collection);
        services.AddSingleton<ChannelStore>().AddSingleton<PendingConnectStore>();
        services.AddSingleton<ChannelSeal>().AddSingleton<ChannelChanges>().AddSingleton<ChannelTokens>().AddSingleton<OpenChannels>().AddSingleton<RefreshTokens>();
        services.AddTransient<IChannels, ChannelsDoor>();
        services.AddTransient<PendingConnects>().AddTransient<FlagChannel>().AddTransient<KeepAccount>().AddTransient<ReviveChannel>()
            .AddTransient<ConnectChannel>().AddTransient<CompleteConnect>().AddTransient<ListNetworks>().AddTransient<UpdateChannel>()
            .AddTransient<RemoveChannel>().AddTransient<CheckChannel>().AddTransient<FindUncheckedChannels>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => ChannelEndpoints.Map(app);
}
