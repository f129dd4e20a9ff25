namespace Platform.Features.Publishing.Actions;

/// <summary>Wakes one waiter; rings while nobody waits count once.</summary>
public class Bell
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Rings.</summary>
    public void Ring() { lock (_lock) { _rung.TrySetResult(); } }

    /// <summary>Returns at a ring, or after the time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        Task rung;
        lock (_lock) { rung = _rung.Task; }
        if (!rung.IsCompleted && atMost > TimeSpan.Zero)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            // Task.Delay cuts off what is less than a millisecond: the waiter would return too early, and again and again until its moment has come.
            await Task.WhenAny(rung, Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(atMost.TotalMilliseconds)), clock, enough.Token));
            await enough.CancelAsync();
        }
        lock (_lock) { if (_rung.Task.IsCompleted) { _rung = new(TaskCreationOptions.RunContinuationsAsynchronously); } }
    }
}
