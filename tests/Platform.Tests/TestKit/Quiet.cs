using System.Diagnostics;

namespace Platform.Tests.TestKit;

/// <summary>
/// Knows when the code that was begun inside it has come to rest, so that a test may move its clock: no thread runs it, the store owes it no answer, and
/// nothing of it waits for a thread. What waits for the clock, or for the test, is at rest. Nothing here measures time.
/// </summary>
public sealed class Quiet
{
    // What waits for a thread is not seen itself: it lies in a queue, or in the hand of a thread that the system has put aside this moment. A round takes as
    // long as the machine lets a thread wait, so the chance that something is overlooked falls with every round and not with the speed of the machine.
    private const int Rounds = 8;
    private const int Probes = 4;

    // Told on every thread that begins or leaves code of a Quiet: the mark goes wherever the execution context goes.
    private static readonly AsyncLocal<Quiet?> Mark = new(OnSwitch);

    private int _running;
    private int _awaited;
    private long _moves;

    /// <summary>Begins background work that belongs to this.</summary>
    public Task BeginAsync(Func<Task> begin)
    {
        var before = Mark.Value;
        Mark.Value = this;
        try { return begin(); }
        finally { Mark.Value = before; }
    }

    /// <summary>Counts what is answered by a thread of another's, such as the store's writer.</summary>
    public async Task<T> AwaitedAsync<T>(Func<Task<T>> operation)
    {
        Interlocked.Increment(ref _awaited);
        try { return await operation(); }
        finally
        {
            // The one who waits goes on within this call, on this thread: it is counted as running before this is not counted any more.
            Interlocked.Increment(ref _moves);
            Interlocked.Decrement(ref _awaited);
        }
    }

    /// <summary>Returns true as soon as the condition holds; false where all is at rest and it does not.</summary>
    public async Task<bool> UntilAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await condition()) { return true; }
            if (await RestsAsync()) { return await condition(); }
            if (watch.Elapsed > TimeSpan.FromMinutes(1)) { throw new TimeoutException($"it never came to rest: {_running} threads run, {_awaited} answers are awaited"); }
        }
    }

    // Still for a few rounds, each behind all that waited for a thread when it began.
    private async Task<bool> RestsAsync()
    {
        for (int calm = 0, tries = 0; tries < 200; tries++)
        {
            var moves = Interlocked.Read(ref _moves);
            await BehindTheQueueAsync();
            await Task.Delay(1);
            calm = Volatile.Read(ref _running) == 0 && Volatile.Read(ref _awaited) == 0 && Interlocked.Read(ref _moves) == moves ? calm + 1 : 0;
            if (calm == Rounds) { return true; }
        }
        return false;
    }

    // Several, so that several threads look for work, and find what lies in another's own queue.
    private static Task BehindTheQueueAsync() => Task.WhenAll(Enumerable.Range(0, Probes).Select(_ =>
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(static t => t.SetResult(), turn, preferLocal: false);
        return turn.Task;
    }));

    private static void OnSwitch(AsyncLocalValueChangedArgs<Quiet?> change)
    {
        if (ReferenceEquals(change.PreviousValue, change.CurrentValue)) { return; }
        change.PreviousValue?.Enter(-1);
        change.CurrentValue?.Enter(1);
    }

    private void Enter(int by)
    {
        Interlocked.Increment(ref _moves);
        Interlocked.Add(ref _running, by);
    }
}
