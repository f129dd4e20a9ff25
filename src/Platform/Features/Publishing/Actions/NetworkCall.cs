using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Networks;

namespace Platform.Features.Publishing.Actions;

/// <summary>The right to send: open from the intent until so long before the lease's end that a call begun in time also ends in time. Measured by a clock that never jumps.</summary>
public sealed class SendGate(TimeProvider clock, TimeSpan length)
{
    private long _since;

    /// <summary>Begins to run; called before the intent is written, so that the stored lease always outlasts it.</summary>
    public void Start() => _since = clock.GetTimestamp();

    /// <summary>Whether bytes may still leave.</summary>
    public bool IsOpen() => _since != 0 && clock.GetElapsedTime(_since) < length;
}

/// <summary>Calls a network within its time; whatever goes wrong after the intent is an unknown outcome, never a second try.</summary>
public sealed class NetworkCall(PublishingPolicy policy, PublishingMeter meter, TimeProvider clock, ILogger<NetworkCall> logger)
{
    /// <summary>A gate for one call.</summary>
    public SendGate NewGate() => new(clock, (policy.Lease - policy.SendTimeout) * (2 / 3d));

    /// <summary>Sends the part.</summary>
    public async Task<PublishOutcome> PublishAsync(ClaimedPublication work, OpenChannel channel, PublishRequest request)
    {
        if (work.It is { Attempts.Count: 1, Due: { } due }) { meter.Late(work.It.Attempts[0].StartedAt - due.At, work.It.Network); }
        var outcome = await WithinAsync(token => channel.Network.PublishAsync(channel.Connection, request, token), e => new PublishOutcome.Unknown(e), work.Id);
        meter.Ended(work.It.Network, work.It.State, Outcomes.NameOf(outcome));
        return outcome;
    }

    /// <summary>Asks after a part that the network processes.</summary>
    public Task<PublishOutcome> PollAsync(ClaimedPublication work, OpenChannel channel, PublishRequest request, string handle) =>
        WithinAsync(token => channel.Network.PollAsync(channel.Connection, request, handle, token), e => new PublishOutcome.Unknown(e), work.Id);

    /// <summary>Looks for a part whose answer was lost.</summary>
    public Task<LookupOutcome> FindAsync(ClaimedPublication work, OpenChannel channel, PublishRequest request, DateTimeOffset sentAt) =>
        WithinAsync(token => channel.Network.FindAsync(channel.Connection, request, sentAt, token), e => (LookupOutcome)new LookupOutcome.Unsure(e), work.Id);

    /// <summary>Gives a part that is out another text.</summary>
    public Task<PublishOutcome> EditAsync(string id, OpenChannel channel, EditRequest request) =>
        WithinAsync(token => channel.Network.EditAsync(channel.Connection, request, token), e => new PublishOutcome.Unknown(e), id);

    /// <summary>Reads back a part whose change had no clear answer.</summary>
    public Task<LookupOutcome> FindEditAsync(string id, OpenChannel channel, EditRequest request) =>
        WithinAsync(token => channel.Network.FindEditAsync(channel.Connection, request, token), e => (LookupOutcome)new LookupOutcome.Unsure(e), id);

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> call, Func<string, T> lost, string id)
    {
        using var timeout = new CancellationTokenSource(policy.SendTimeout, clock);
        try { return await call(timeout.Token); }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested) { return lost($"no answer within {policy.SendTimeout.TotalSeconds:0.#} s"); }
        catch (Exception e)
        {
            logger.LogError(e, "The network's adapter threw for publication {Id}", id);
            return lost($"an error of ours ({e.GetType().Name})");
        }
    }
}
