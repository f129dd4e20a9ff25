using Microsoft.Extensions.Logging;
using Platform.Features.Channels.Actions;
using Platform.Jobs;
using Platform.Tenancy;

namespace Platform.Features.Channels.Jobs;

/// <summary>Looks after channels that nobody looked at for an hour, so that a lost grant is known before a post is due.</summary>
[Job("check-channels", TimeoutSeconds = 900), Recurring("7 * * * *")]
public sealed class CheckChannels(FindUncheckedChannels find, CheckChannel check, ILogger<CheckChannels> logger) : IJob<Nothing>
{
    /// <inheritdoc />
    public async Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken)
    {
        foreach (var (organizationId, channelId) in await find.RunAsync(context.Caller, cancellationToken))
        {
            try { await check.RunAsync(Caller.System(organizationId, "channel check"), channelId, cancellationToken); }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "Channel {ChannelId} could not be checked", channelId);
            }
        }
    }
}
