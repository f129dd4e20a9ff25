using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>Finds out about changes whose answer was lost, and about those of a process that died in the call: reads what the network shows. Nothing is sent here.</summary>
public sealed class SettleEdits(EditStore edits, IChannels channels, CarryEdit carry, TimeProvider clock, ILogger<SettleEdits> logger)
{
    private const int Batch = 50;

    /// <summary>One bounded batch; how many were looked up.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var looked = 0;
        foreach (var record in await edits.DueAsync(clock.GetUtcNow(), Batch, cancellationToken))
        {
            try
            {
                var channel = await channels.OpenAsync(record.OrganizationId, record.Publication.ChannelId, cancellationToken);
                await carry.LookUpAsync(Caller.System(record.OrganizationId, "publishing"), record, channel);
                looked++;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested) { logger.LogError(e, "The change of publication {Id} could not be looked up; it is tried again", record.Id); }
        }
        return looked;
    }
}
