using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NSubstitute;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Channels;

/// <summary>The app with two scripted networks, and with publishing, notices and plan limits that record or answer as told.</summary>
public sealed class ChannelsFixture : IDisposable
{
    public ScriptedNetwork Typed { get; } = new("typed", ConnectKind.Secret);

    public ScriptedNetwork Sent { get; } = new("sent", ConnectKind.OAuth);

    public IPublishing Publishing { get; } = Substitute.For<IPublishing>();

    public INotices Notices { get; } = Substitute.For<INotices>();

    /// <summary>Channels that the plan allows; null: the plan's own.</summary>
    public int? ChannelLimit { get; set; }

    public PlatformApp App { get; }

    public ChannelsFixture()
    {
        var limits = Substitute.For<IPlanLimits>();
        limits.OfAsync(default!, default).ReturnsForAnyArgs(_ => new PlanLimits("free", 10, ChannelLimit ?? 100, 100, 100, 1_000_000_000, 30));
        App = new PlatformApp().With(services =>
        {
            services.AddSingleton<ISocialNetwork>(Typed).AddSingleton<ISocialNetwork>(Sent);
            services.Replace(ServiceDescriptor.Singleton(Publishing));
            services.Replace(ServiceDescriptor.Singleton(Notices));
            services.Replace(ServiceDescriptor.Singleton(limits));
        });
    }

    public void Dispose() => App.Dispose();
}
