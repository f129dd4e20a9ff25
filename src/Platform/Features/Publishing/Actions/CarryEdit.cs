using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>Makes the call of a change whose intent is stored, stores what it came to, and finds out what the network shows where the answer is lost.</summary>
public sealed class CarryEdit(PublicationStore store, IChannels channels, NetworkCall call, PublishingPolicy policy, Announcer announcer, TimeProvider clock)
{
    /// <summary>The right to call, opened before the intent is stored so that the stored time to look it up always outlasts it.</summary>
    public SendGate NewGate()
    {
        var gate = call.NewGate();
        gate.Start();
        return gate;
    }

    /// <summary>Calls; with a new token once more where the network says that the old one has ended.</summary>
    public async Task<Result<PublicationView>> RunAsync(Caller caller, PublicationRecord record, OpenChannel channel, SendGate gate)
    {
        var outcome = await call.EditAsync(record.Id, channel, Request(record.Publication, gate.IsOpen));
        if (outcome is PublishOutcome.AuthExpired expired && await RefreshedAsync(record, channel) is { } again)
        {
            gate.Start();
            var begun = await StoreAsync(caller, record, p => p.EditAgain(expired.Detail, policy, clock.GetUtcNow()));
            if (!begun.Ok) { return begun.Map(r => r.ToView()); }
            (record, channel) = (begun.Value, again);
            outcome = await call.EditAsync(record.Id, channel, Request(record.Publication, gate.IsOpen));
        }
        if (outcome is PublishOutcome.NeedsReconnect gone) { await channels.FlagAsync(record.OrganizationId, record.Publication.ChannelId, gone.Detail, CancellationToken.None); }
        var stored = await StoreAsync(caller, record, p => EditOutcomes.Apply(p, outcome, policy, clock.GetUtcNow()));
        if (!stored.Ok) { return stored.Problem; }
        if (stored.Value.Publication.Editing is not null) { stored = await LookUpAsync(caller, stored.Value, channel, atOnce: true); }
        return stored is { Ok: true, Value.Publication.Editing: null } && EditOutcomes.Problem(outcome, stored.Value.Publication) is { } problem ? problem
            : stored is { Ok: true, Value.Publication.Editing: not null } ? EditOutcomes.Unconfirmed
            : stored.Map(r => r.ToView());
    }

    /// <summary>Asks the network what it shows. At once after a lost answer only "it is there" counts: the call may still arrive.</summary>
    public async Task<Result<PublicationRecord>> LookUpAsync(Caller caller, PublicationRecord record, OpenChannel? channel, bool atOnce = false)
    {
        var lookup = channel is null ? new LookupOutcome.Unsure("the channel is gone") : await call.FindEditAsync(record.Id, channel, Request(record.Publication, () => false));
        return await StoreAsync(caller, record, p => (lookup, atOnce) switch
        {
            (LookupOutcome.Found, _) => p.EditDone("found", clock.GetUtcNow()),
            (_, true) => p,
            (LookupOutcome.Absent, _) when p.AbsenceCounts(policy, clock.GetUtcNow()) => p.EditFailed("absent", "the network still shows the old text.", clock.GetUtcNow()),
            (LookupOutcome.Unsure unsure, _) => p.EditUnsure(unsure.Detail, policy, clock.GetUtcNow()),
            _ => p.EditUnsure("not there yet, which may still change", policy, clock.GetUtcNow()),
        });
    }

    private async Task<OpenChannel?> RefreshedAsync(PublicationRecord record, OpenChannel channel) =>
        await channels.RefreshAsync(record.OrganizationId, record.Publication.ChannelId, channel.Connection.Secrets.AccessToken, CancellationToken.None) is RefreshOutcome.Refreshed fresh
            ? channel with { Connection = channel.Connection with { Secrets = fresh.Secrets } }
            : null;

    // Only on the change that was called for: what another has settled meanwhile stays settled.
    private async Task<Result<PublicationRecord>> StoreAsync(Caller caller, PublicationRecord record, Func<Publication, Publication> transition)
    {
        var number = record.Publication.Attempts[^1].Number;
        var stored = await store.ChangeAsync(caller, record.Id, p => p.Editing is null || p.Attempts[^1].Number != number ? p : transition(p), CancellationToken.None);
        if (stored.Ok) { await announcer.PostChangedAsync(record.OrganizationId, record.Publication.PostId, CancellationToken.None); }
        return stored;
    }

    private static EditRequest Request(Publication it, Func<bool> maySend)
    {
        var part = it.Sent[it.Editing!.Part];
        return new EditRequest(new RemotePost(part.Id, part.Url, part.Revision), it.Editing.Text, maySend);
    }
}
