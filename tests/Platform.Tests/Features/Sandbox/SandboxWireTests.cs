using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Platform.Features.Sandbox.Domain;
using Platform.Networks;

namespace Platform.Tests.Features.Sandbox;

/// <summary>The practice network over real sockets, through the guarded client.</summary>
public sealed class SandboxWireTests : IAsyncLifetime
{
    private readonly SandboxRig _rig = new();
    private string _url = "";

    public async ValueTask InitializeAsync()
    {
        await _rig.InitializeAsync(app => app.UseKestrel(0));
        _url = _rig.App.Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(SandboxFault.None, typeof(PublishOutcome.Published), true)]
    [InlineData(SandboxFault.ServerError, typeof(PublishOutcome.Transient), false)]
    [InlineData(SandboxFault.GatewayTimeout, typeof(PublishOutcome.Unknown), true)]
    [InlineData(SandboxFault.ResetBeforeAccept, typeof(PublishOutcome.Unknown), false)]
    [InlineData(SandboxFault.ResetAfterAccept, typeof(PublishOutcome.Unknown), true)]
    [InlineData(SandboxFault.Truncated, typeof(PublishOutcome.Unknown), true)]
    [InlineData(SandboxFault.Garbage, typeof(PublishOutcome.Unknown), true)]
    public async Task Over_sockets_it_behaves_as_in_process(SandboxFault fault, Type outcome, bool isThere)
    {
        var channel = await _rig.ConnectAsync("Wire", serviceUrl: _url);
        await _rig.MisbehaveAsync(channel, new SandboxBehavior { Fault = fault, Count = 1 });
        var request = SandboxRig.Request();
        (await _rig.Network.PublishAsync(channel, request, CancellationToken.None)).ShouldBeOfType(outcome);
        (await _rig.Network.FindAsync(channel, request, _rig.Clock.GetUtcNow(), CancellationToken.None)).ShouldBeOfType(isThere ? typeof(LookupOutcome.Found) : typeof(LookupOutcome.Absent));
        (await _rig.CallsAsync(channel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stranger_s_token_opens_nothing()
    {
        var channel = await _rig.ConnectAsync("Wire", serviceUrl: _url);
        var stranger = channel with { Secrets = new ChannelSecrets { AccessToken = "guessed" } };
        (await _rig.SendAsync(stranger)).ShouldBeOfType<PublishOutcome.NeedsReconnect>();
    }
}
