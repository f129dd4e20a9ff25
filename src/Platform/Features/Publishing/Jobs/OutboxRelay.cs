using Platform.Features.Publishing.Actions;

namespace Platform.Features.Publishing.Jobs;

/// <summary>Delivers what publications have to tell, beside the publish path and never in it.</summary>
public sealed class OutboxRelay(DeliverEvents deliver, OutboxBell bell, Calm calm, TimeProvider clock, ILogger<OutboxRelay> logger) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(3);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await calm.WaitAsync(LongestRest, clock, stoppingToken);
                if (await deliver.RunAsync(stoppingToken) > 0) { continue; }
                await bell.WaitAsync(await SleepAsync(stoppingToken), clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                logger.LogError(e, "Changed publications cannot be announced now; it is tried again");
                await Task.Delay(LongestSleep, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<TimeSpan> SleepAsync(CancellationToken stopping)
    {
        var left = await deliver.NextAsync(stopping) - clock.GetUtcNow();
        return left is { } time && time < LongestSleep ? time > TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(1) : LongestSleep;
    }
}
