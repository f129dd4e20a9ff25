using Platform.Features.Channels.Actions;
using Platform.Features.Channels.Api;
using Platform.Features.Channels.Contracts;
using Platform.Features.Channels.Jobs;
using Platform.Features.Channels.Store;
using Platform.Features.Channels.Ui;
using Platform.Jobs;
using Platform.Networks;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Channels;

/// <summary>Wires this up.</summary>
public sealed class ChannelsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCollection(ChannelStore.Collection).AddCollection(PendingConnectStore.Collection).AddCollection(RegisteredAppStore.Collection)
            .AddSealed<Channel>("Channel tokens", c => c.Sealed, c => ChannelSeal.Bound(c.OrganizationId, c.Id, "tokens"))
            .AddSealed<PendingConnect>("Connections under way", p => p.Sealed, p => ChannelSeal.Bound(p.OrganizationId, p.ChannelId, "connect"))
            .AddSealed<RegisteredApp>("Registrations with networks", a => a.Sealed, a => a.Bound);
        services.AddSingleton<ChannelStore>().AddSingleton<PendingConnectStore>().AddSingleton<RegisteredAppStore>().AddSingleton<INetworkApps, RegisteredApps>();
        services.AddSingleton<ChannelSeal>().AddSingleton<ChannelChanges>().AddSingleton<ChannelTokens>().AddSingleton<OpenChannels>().AddSingleton<RefreshTokens>();
        services.AddTransient<IChannels, ChannelsDoor>().AddTransient<IPracticeChannels, PracticeChannels>();
        services.AddTransient<PendingConnects>().AddTransient<FlagChannel>().AddTransient<KeepAccount>().AddTransient<ReviveChannel>()
            .AddTransient<ConnectChannel>().AddTransient<CompleteConnect>().AddTransient<ListNetworks>().AddTransient<UpdateChannel>()
            .AddTransient<RemoveChannel>().AddTransient<CheckChannel>().AddTransient<FindUncheckedChannels>();
        services.AddTransient<ChannelCare>().AddScoped<ChannelActions>();
        services.AddTransient<IFirstStep, ConnectFirstChannel>().AddSingleton(new DashboardPart(DashboardColumn.Side, 10, typeof(ChannelHealthCard), Permission.ContentRead));
        services.AddSingleton(new MenuEntry(MenuArea.Customer, 80, "Channels", "/channels", "hub", Permission.ContentRead, "g h"))
            .AddSingleton(new PaletteAction(MenuArea.Customer, 40, "Connect a channel", "/channels", "add_link", Permission.ChannelsManage));
        services.AddJob<CheckChannels, Nothing>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => ChannelEndpoints.Map(app);
}
