using Platform.Features.Sandbox.Actions;
using Platform.Features.Sandbox.Domain;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Sandbox;

/// <summary>The app by a clock of the test, with one practice channel.</summary>
public sealed class SandboxRig : IAsyncLifetime
{
    private static readonly string Organization = Ids.New();

    public FakeClock Clock { get; } = new();

    public PlatformApp App { get; private set; } = null!;

    public ISocialNetwork Network { get; private set; } = null!;

    public Caller Owner { get; } = new() { Kind = CallerKind.Person, UserId = Ids.New(), Organization = new(Organization), Role = Role.Owner };

    public ValueTask InitializeAsync() => InitializeAsync(_ => { });

    public ValueTask InitializeAsync(Action<PlatformApp> configure)
    {
        App = new PlatformApp().With(Clock).With("Networks:Sandbox:OpenRegistration", "true");
        configure(App);
        Network = App.Get<INetworks>().Find("sandbox")!;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() { App.Dispose(); return ValueTask.CompletedTask; }

    /// <summary>A new channel, connected.</summary>
    public async Task<ChannelConnection> ConnectAsync(string name = "Acme", string? channelId = null, string? serviceUrl = null, string? organizationId = null)
    {
        var id = channelId ?? Ids.New();
        var step = await Network.ConnectAsync(new ConnectRequest { OrganizationId = organizationId ?? Organization, ChannelId = id, DisplayName = name, CallbackUrl = "", State = "", ServiceUrl = serviceUrl }, CancellationToken.None);
        var account = step.Unwrap().ShouldBeOfType<ConnectStep.Connected>().Account;
        return new ChannelConnection
        {
            OrganizationId = organizationId ?? Organization, ChannelId = id, RemoteAccountId = account.RemoteAccountId, Handle = account.Handle, Secrets = account.Secrets,
            Limits = Network.Descriptor.Limits, ServiceUrl = serviceUrl,
        };
    }

    public Task<PublishOutcome> SendAsync(ChannelConnection channel, string text = "Hello", string? key = null, Func<bool>? maySend = null) =>
        Network.PublishAsync(channel, Request(text, key, maySend), CancellationToken.None);

    public static PublishRequest Request(string text = "Hello", string? key = null, Func<bool>? maySend = null) =>
        new() { IdempotencyKey = key ?? $"{Ids.New()}-0", Text = text, MaySend = maySend ?? (() => true) };

    public async Task MisbehaveAsync(ChannelConnection channel, SandboxBehavior behavior) =>
        (await App.Get<Misbehave>().RunAsync(Owner, channel.ChannelId, behavior, CancellationToken.None)).Unwrap();

    public async Task<IReadOnlyList<SandboxCallRecord>> CallsAsync(ChannelConnection channel) =>
        (await App.Get<Misbehave>().CallsAsync(Owner, channel.ChannelId, null, 1000, CancellationToken.None)).Unwrap().Items;
}
