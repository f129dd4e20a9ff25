using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>Changes one publication by hand: decided on what is stored at that moment, then recorded and announced.</summary>
public sealed class OnePublication(PublicationStore store, IAudit audit, Announcer announcer)
{
    /// <summary>Runs the change; the view after it.</summary>
    public async Task<Result<PublicationView>> ChangeAsync(Caller caller, string publicationId, string action, Func<Publication, Result<Publication>> change, CancellationToken cancellationToken)
    {
        var changed = await store.ChangeAsync(caller, publicationId, p => ChannelAccess.Refuse(caller, [p.ChannelId]) is { } refused ? refused : change(p), cancellationToken);
        if (!changed.Ok) { return changed.Problem; }
        var next = changed.Value.Publication;
        await announcer.WakeAsync(next.WakeAt, cancellationToken);
        await announcer.PostChangedAsync(caller.OrganizationId, next.PostId, cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry(action, "publication", publicationId), cancellationToken);
        return changed.Value.ToView();
    }
}
