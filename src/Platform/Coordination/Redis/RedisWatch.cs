namespace Platform.Coordination.Redis;

/// <summary>Looks every two seconds whether Redis answers, so that its loss is known although nobody asks it anything, and its return is told to who was polling.</summary>
internal sealed class RedisWatch(RedisLink link, ISignals local, TimeProvider time) : BackgroundService, ICoordinationHealth
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public bool IsShared => true;

    /// <inheritdoc />
    public bool IsAlone => link.IsAlone;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        var told = false;
        try
        {
            do
            {
                await link.TryAsync();
                if (told == link.IsAlone) { continue; }
                told = link.IsAlone;
                await local.PublishAsync(Topics.Coordination, told ? "alone" : "joined", stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
    }
}
