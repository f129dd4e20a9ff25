using Platform.Features.Publishing.Actions;

namespace Platform.Features.Publishing.Jobs;

/// <summary>Looks up changes of published texts whose answer was lost.</summary>
public sealed class EditWatch(SettleEdits settle, TimeProvider clock, ILogger<EditWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

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
        try { await settle.RunAsync(stopping); }
        catch (Exception e) when (!stopping.IsCancellationRequested) { logger.LogWarning(e, "Changes of published texts cannot be looked up now; it is tried again"); }
    }
}
