using System.Collections.Concurrent;
using System.Diagnostics;

namespace Platform.Storage.Mongo.Native;

/// <summary>
/// The threads on which the driver's blocking calls run: a fixed number, each with a connection of its own. The thread pool of .NET never
/// waits for the network. What comes in faster than the server answers waits here, up to a bound; beyond that the callers wait to come in.
/// While the server is gone every call takes the driver's time to find that out (serverSelectionTimeoutMS): what waited that long behind such
/// calls is not tried, so that nobody waits more than about twice as long to be told.
/// </summary>
internal sealed class NativeThreads : IDisposable
{
    private const int MostWaiting = 8192, StackBytes = 512 * 1024;
    private readonly BlockingCollection<Work> _queue = [];
    private readonly SemaphoreSlim _room = new(MostWaiting);
    private readonly List<Thread> _threads = [];
    private readonly TimeSpan _patience;
    private volatile bool _gone;

    public NativeThreads(int count, TimeSpan patience, Func<Connection> connect)
    {
        _patience = patience;
        for (var i = 0; i < count; i++)
        {
            var thread = new Thread(() => Loop(connect), StackBytes) { IsBackground = true, Name = $"storage-mongo-{i}" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Runs work on one of the threads. A token that ends the wait after it began does not take it back.</summary>
    public async Task<T> RunAsync<T>(Func<Connection, T> run, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        var work = new Work<T>(run, cancellationToken);
        try { _queue.Add(work, CancellationToken.None); }
        catch (InvalidOperationException closed)
        {
            _room.Release();
            throw new StorageUnavailableException("The storage is closed.", closed);
        }
        return await work.Done.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Does what waits, and stops; false where a call still blocks after <paramref name="longest"/>: the server may hold a write up for a minute (behind the
    /// transaction of a client that died) and the building of an index for hours. Such a thread is left behind with its connection, which must stay open.
    /// </summary>
    public bool Stop(TimeSpan longest)
    {
        _queue.CompleteAdding();
        var start = Stopwatch.GetTimestamp();
        return _threads.TrueForAll(thread => thread.Join(longest - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } left ? left : TimeSpan.Zero));
    }

    /// <summary>Once <see cref="Stop"/> said true.</summary>
    public void Dispose()
    {
        _queue.Dispose();
        _room.Dispose();
    }

    private void Loop(Func<Connection> connect)
    {
        using var connection = connect();
        foreach (var work in _queue.GetConsumingEnumerable())
        {
            _room.Release();
            if (_gone && work.Waited > _patience) { work.Refuse(); continue; }
            _gone = work.Run(connection);
        }
    }

    private abstract class Work
    {
        private readonly long _since = Stopwatch.GetTimestamp();

        public TimeSpan Waited => Stopwatch.GetElapsedTime(_since);

        /// <summary>Does it; true where there was no server to do it on.</summary>
        public abstract bool Run(Connection connection);

        /// <summary>Gives it up undone.</summary>
        public abstract void Refuse();
    }

    private sealed class Work<T>(Func<Connection, T> run, CancellationToken cancellationToken) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Done => _done.Task;

        public override bool Run(Connection connection)
        {
            if (cancellationToken.IsCancellationRequested) { _done.TrySetCanceled(cancellationToken); return false; }
            try { _done.TrySetResult(run(connection)); return false; }
            catch (Exception failure) { _done.TrySetException(failure); return failure is MongoFailure { IsGone: true }; }
        }

        public override void Refuse() => _done.TrySetException(new StorageUnavailableException("The storage is not available now (no server answers, and others have waited for it already). Nothing was written; try again."));
    }
}
