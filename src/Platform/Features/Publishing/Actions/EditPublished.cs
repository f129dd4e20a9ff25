using Platform.Features.Audit.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>Another text for a part that is out, and the version that the person saw (null: whatever it is).</summary>
public sealed record EditPublishedRequest(string PostId, string PublicationId, string Text, int Part = 0, long? ExpectedVersion = null);

/// <summary>Changes the text of a publication on its network. The intent is stored, with its audit record, before the call; nothing is ever posted by it.</summary>
public sealed class EditPublished(PublicationStore store, EditChecks checks, CarryEdit carry, IAudit audit, PublishingPolicy policy, TimeProvider clock)
{
    /// <summary>
    /// Conflict <c>version_mismatch</c>, <c>not_published</c>, <c>edit_open</c> and those of <see cref="EditChecks"/>; Invalid <c>text_required</c>, <c>draft_invalid</c>;
    /// UpstreamFailed with the network's own reason, or <c>edit_unconfirmed</c> where its answer is lost.
    /// </summary>
    public async Task<Result<PublicationView>> RunAsync(Caller caller, EditPublishedRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentPublish)) { return Problem.Forbidden(); }
        if (string.IsNullOrWhiteSpace(request.Text)) { return Problem.InvalidField("text", "text_required", "Write the new text."); }
        if (await store.GetAsync(caller, request.PublicationId, cancellationToken) is not { } record || record.Publication.PostId != request.PostId) { return Problem.NotFound("publication"); }
        if (request.ExpectedVersion is { } version && version != record.Publication.Revision) { return Problem.VersionMismatch(); }
        var begun = record.Publication.BeginEdit(request.Part, request.Text.Trim(), caller.Name, policy, clock.GetUtcNow());
        if (!begun.Ok) { return begun.Problem; }
        var channel = await checks.RunAsync(caller, record.Publication, request, cancellationToken);
        if (!channel.Ok) { return channel.Problem; }
        if (begun.Value.Editing!.Text == record.Publication.TextOut(request.Part)) { return record.ToView(); }
        var gate = carry.NewGate();
        return await IntendAsync(caller, record, begun.Value, cancellationToken)
            ? await carry.RunAsync(caller, record with { Publication = begun.Value }, channel.Value, gate)
            : Problem.VersionMismatch();
    }

    private async Task<bool> IntendAsync(Caller caller, PublicationRecord record, Publication begun, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch();
        PublicationStore.StageChange(batch, caller, record, begun);
        audit.Record(batch, caller, new AuditEntry("publication.edit_sent", "publication", record.Id) { Changes = [new AuditChange("text", null, null)] });
        return await store.CommitAsync(batch, cancellationToken);
    }
}
