using Platform.Features.Publishing.Actions;

namespace Platform.Features.Publishing.Jobs;

/// <summary>Watches the times of what waits for approval.</summary>
public sealed class ApprovalClock(ExpireUnapproved expire, TimeProvider clock, ILogger<ApprovalClock> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

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
        try { await expire.RunAsync(stopping); }
        catch (Exception e) when (!stopping.IsCancellationRequested) { logger.LogWarning(e, "Waits for approval cannot be ended now; it is tried again"); }
    }
}
