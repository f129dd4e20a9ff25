using Platform.Features.Publishing.Actions;

namespace Platform.Features.Publishing.Jobs;

/// <summary>Raises its voice when something due has not been tried for a minute: whatever the reason, nothing may wait unseen.</summary>
public sealed class OverdueWatchdog(PublishingHealth health, TimeProvider clock, ILogger<OverdueWatchdog> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) { await LookAsync(stoppingToken); }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            var (count, oldest) = await health.OverdueAsync(stopping);
            if (count > 0) { logger.LogError("{Count} publications are overdue, the oldest since {Oldest:O}", count, oldest); }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested) { logger.LogWarning(e, "Overdue publications cannot be counted now"); }
    }
}
