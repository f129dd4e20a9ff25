using Platform.Features.Media.Actions;

namespace Platform.Features.Media.Jobs;

/// <summary>Where media are in the database: brings in, at start, what lay in this copy's folder before, and empties its cache of what is a day old.</summary>
public sealed class MediaCacheKeeper(KeepMediaCache keep, TimeProvider time, ILogger<MediaCacheKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do { await LookAsync(stoppingToken); }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            var brought = await keep.RunAsync(stopping);
            if (brought > 0) { log.LogInformation("{Count} media files of this copy's folder were brought into the database", brought); }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested) { log.LogWarning(e, "The folder of media cannot be looked through now; it is tried again in an hour"); }
    }
}
