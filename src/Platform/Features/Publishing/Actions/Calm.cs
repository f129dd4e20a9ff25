namespace Platform.Features.Publishing.Actions;

/// <summary>
/// Whether posts whose time has come are waiting for a free place to be sent. While they are, what can be done later waits: telling other features of posts
/// that are out takes as much of the processor as sending them.
/// </summary>
public sealed class Calm
{
    private volatile TaskCompletionSource? _storm;

    /// <summary>Says how it is now; called by the dispatcher alone.</summary>
    public void Set(bool calm)
    {
        if (!calm) { _storm ??= new(TaskCreationOptions.RunContinuationsAsynchronously); return; }
        var storm = _storm;
        _storm = null;
        storm?.TrySetResult();
    }

    /// <summary>Returns once it is calm, or after the time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (_storm is not { } storm) { return; }
        try { await storm.Task.WaitAsync(atMost, clock, cancellationToken); }
        catch (TimeoutException) { return; }
    }
}
