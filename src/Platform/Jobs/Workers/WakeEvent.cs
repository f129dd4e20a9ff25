using System.Threading.Channels;

namespace Platform.Jobs.Workers;

/// <summary>Wakes one sleeper; a wake that comes while it is up is kept for its next sleep, many are one.</summary>
internal sealed class WakeEvent
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes.</summary>
    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Sleeps until woken, or for so long, or until cancelled; never throws.</summary>
    public async Task SleepAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var woken = _channel.Reader.WaitToReadAsync(end.Token).AsTask();
        // Task.Delay cuts off what is less than a millisecond: the sleeper would wake too early, and again and again until its moment has come.
        var slept = longest > TimeSpan.Zero ? Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(longest.TotalMilliseconds)), time, end.Token) : Task.CompletedTask;
        await Task.WhenAny(woken, slept);
        await end.CancelAsync();
        await Task.WhenAll(woken, slept).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _channel.Reader.TryRead(out _);
    }
}
