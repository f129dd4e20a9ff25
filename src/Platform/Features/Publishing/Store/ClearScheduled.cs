using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Store;

/// <summary>Clears what was on its way before there were approvals: it had been scheduled by somebody who may, and no rule asked for more.</summary>
public sealed class ClearScheduled : IMigration
{
    private static readonly List<PublicationState> OnTheirWay = [PublicationState.Scheduled, PublicationState.Publishing, PublicationState.Unconfirmed, PublicationState.Held];

    /// <inheritdoc />
    public string Name => "2026-11-22-clear-scheduled";

    /// <inheritdoc />
    public async Task RunAsync(IDocumentStore store, CancellationToken cancellationToken)
    {
        var all = store.ForPlatform<PublicationRecord>(Caller.Platform);
        await foreach (var record in all.StreamAsync(new Query<PublicationRecord> { Filter = r => OnTheirWay.Contains(r.Publication.State), Limit = 500 }, cancellationToken))
        {
            if (record.Publication.ClearedFor is null) { await all.TryReplaceAsync(record with { Publication = record.Publication.Clear() }, cancellationToken); }
        }
    }
}
