using System.Collections.Concurrent;
using NSubstitute;
using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.Features.Publishing;

/// <summary>Channels that always exist, as the test says they are.</summary>
internal sealed class ScriptedChannels(ScriptedNetwork network, Lazy<IPublishing> publishing) : IChannels
{
    public ConcurrentDictionary<string, ChannelStatus> Statuses { get; } = [];
    public ConcurrentQueue<string> Refreshes { get; } = [];
    public ConcurrentQueue<string> Flags { get; } = [];
    public Func<string, RefreshOutcome> OnRefresh { get; set; } = _ => new RefreshOutcome.Transient("no script");
    public ChannelSecrets Secrets { get; set; } = new() { AccessToken = "old", RefreshToken = "again" };

    public Task<IReadOnlyList<ChannelView>> ListAsync(Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ChannelView>> FindAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChannelView>>([.. ids.Select(id => new ChannelView { Id = id, Network = "scripted", Handle = id, DisplayName = id, Limits = ScriptedNetwork.Limits, Status = Statuses.GetValueOrDefault(id) })]);

    public Task<OpenChannel?> OpenAsync(string organizationId, string channelId, CancellationToken cancellationToken) => Task.FromResult<OpenChannel?>(new(
        Statuses.GetValueOrDefault(channelId), network,
        new() { OrganizationId = organizationId, ChannelId = channelId, RemoteAccountId = channelId, Handle = channelId, Secrets = Secrets, Limits = ScriptedNetwork.Limits }));

    public async Task<RefreshOutcome> RefreshAsync(string organizationId, string channelId, string seen, CancellationToken cancellationToken)
    {
        RefreshOutcome outcome;
        lock (Refreshes)
        {
            // As the Channels feature does: one at a time, and who holds an older token than is stored gets the stored one.
            if (seen != Secrets.AccessToken) { return new RefreshOutcome.Refreshed(Secrets); }
            Refreshes.Enqueue(channelId);
            outcome = OnRefresh(channelId);
            if (outcome is RefreshOutcome.Refreshed fresh) { Secrets = fresh.Secrets; }
        }
        if (outcome is RefreshOutcome.NeedsReconnect gone) { await FlagAsync(organizationId, channelId, gone.Detail, cancellationToken); }
        return outcome;
    }

    public async Task FlagAsync(string organizationId, string channelId, string reason, CancellationToken cancellationToken)
    {
        Statuses[channelId] = ChannelStatus.NeedsReconnect;
        Flags.Enqueue(channelId);
        await publishing.Value.HoldChannelAsync(Caller.System(organizationId), channelId, new("channel_needs_reconnect", reason, "Reconnect it."), cancellationToken);
    }

    public Task<Result<ChannelView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken) => throw new NotSupportedException();
}

internal sealed class ScriptedOrganizations
{
    public ScriptedOrganizations() => Door.GetAsync(default!, default).ReturnsForAnyArgs(call => new OrganizationView(
        call.Arg<string>(), "Test", "Europe/Berlin", "professional", null, Suspended.GetValueOrDefault(call.Arg<string>()), DateTimeOffset.UnixEpoch));

    public ConcurrentDictionary<string, bool> Suspended { get; } = [];

    public IOrganizations Door { get; } = Substitute.For<IOrganizations>();
}

internal sealed class ScriptedPlans : IPlanLimits
{
    public int? PostsPerMonth { get; set; }

    public Task<PlanLimits> OfAsync(string organizationId, CancellationToken cancellationToken) => Task.FromResult(new PlanLimits("professional", null, null, PostsPerMonth, 0, 0, 0));
}

/// <summary>Asks for approval where the test says so, and hears who submits.</summary>
internal sealed class ScriptedGate : IApprovalGate
{
    public bool Needed { get; set; }
    public ConcurrentQueue<string> Submitted { get; } = [];

    public Task<bool> MustApproveAsync(Caller caller, string postId, CancellationToken cancellationToken) => Task.FromResult(Needed);

    public Task<Result<Done>> SubmitAsync(Caller caller, string postId, WhenToPublish? when, CancellationToken cancellationToken) { Submitted.Enqueue(postId); return Task.FromResult(Done.Ok); }
}

internal sealed class RecordedAudit : IAudit
{
    public ConcurrentQueue<AuditEntry> Entries { get; } = [];

    public Task RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken) { Entries.Enqueue(entry); return Task.CompletedTask; }
    public void Record(WriteBatch batch, Caller caller, AuditEntry entry) => Entries.Enqueue(entry);
}

/// <summary>Hears of changes, and fails as long as it is told to.</summary>
internal sealed class RecordedChanges : IPublicationObserver
{
    public ConcurrentQueue<PublicationChanged> Heard { get; } = [];
    public Func<PublicationChanged, bool> Fails { get; set; } = _ => false;

    public Task OnChangedAsync(PublicationChanged change, CancellationToken cancellationToken)
    {
        Heard.Enqueue(change);
        return Fails(change) ? throw new InvalidOperationException("mail server is on fire") : Task.CompletedTask;
    }
}

/// <summary>A second observer, so that one's failure can be seen not to be the other's.</summary>
internal sealed class OtherChanges : IPublicationObserver
{
    public ConcurrentQueue<PublicationChanged> Heard { get; } = [];

    public Task OnChangedAsync(PublicationChanged change, CancellationToken cancellationToken) { Heard.Enqueue(change); return Task.CompletedTask; }
}
