using System.Threading.Channels;

namespace Platform.Storage.Sqlite;

/// <summary>
/// The one thread that writes. What queues up while a commit waits for the disk goes into the next transaction together, so that the
/// price of durability (synchronous=FULL) is shared. A write that fails takes back itself only; its neighbours are kept. When the disk
/// or the file fails, the whole group is told so, and the next group tries afresh.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int MostWaiting = 8192;
    private const int MostInGroup = 512;
    private readonly Channel<WriteOperation> _queue = Channel.CreateBounded<WriteOperation>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly List<WriteOperation> _group = new(MostInGroup);
    private readonly Func<Session> _open;
    private readonly Thread _thread;
    private Session? _session;

    public Writer(Func<Session> open)
    {
        _open = open;
        _session = open();
        _thread = new Thread(Loop) { IsBackground = true, Name = "storage-writer" };
        _thread.Start();
    }

    /// <summary>Queues a write and waits until it is durable. A token that ends the wait after the write began does not take it back.</summary>
    public async Task<T> RunAsync<T>(Func<Session, T> work, bool compound, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var operation = new WriteOperation<T>(work, compound, cancellationToken);
        try { await _queue.Writer.WriteAsync(operation, cancellationToken); }
        catch (ChannelClosedException closed) { throw new StorageUnavailableException("The storage is closing.", closed); }
        return await operation.Done.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what waits, and stops.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread.Join();
    }

    private void Loop()
    {
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            try { RunGroup(); }
            catch (SqliteFailure failure) { Abandon(failure.ForCaller()); }
            catch (Exception failure) { Abandon(new StorageUnavailableException("The storage failed; nothing was written.", failure)); }
            _group.Clear();
        }
        Close();
    }

    private void RunGroup()
    {
        var session = _session ??= _open();
        session.Run("BEGIN IMMEDIATE");
        while (_group.Count < MostInGroup && _queue.Reader.TryRead(out var operation)) { RunOne(session, operation); }
        session.Run("COMMIT");
        StorageMeter.GroupSize.Record(_group.Count);
        foreach (var operation in _group) { operation.Succeed(); }
    }

    private void RunOne(Session session, WriteOperation operation)
    {
        if (operation.IsCancelled) { operation.Fail(new OperationCanceledException()); return; }
        // In the group from the start: should the file fail under it, it must be told with the others.
        _group.Add(operation);
        try
        {
            if (operation.Compound) { session.Run("SAVEPOINT one"); }
            operation.Run(session);
            if (operation.Compound) { session.Run("RELEASE one"); }
        }
        catch (SqliteFailure failure) when (failure.IsUnavailable) { throw; }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            if (operation.Compound) { session.Run("ROLLBACK TO one"); session.Run("RELEASE one"); }
            _group.Remove(operation);
            operation.Fail(failure is SqliteFailure known ? known.ForCaller() : failure);
        }
    }

    // A new connection costs little, and leaves nothing of a broken transaction behind.
    private void Abandon(Exception failure)
    {
        _session?.Dispose();
        _session = null;
        while (_group.Count < MostInGroup && _queue.Reader.TryRead(out var operation)) { _group.Add(operation); }
        foreach (var operation in _group) { operation.Fail(failure); }
    }

    private void Close()
    {
        try { _session?.Run("PRAGMA wal_checkpoint(TRUNCATE)"); }
        catch (SqliteFailure) { /* The log is replayed at the next start; nothing is lost. */ }
        finally { _session?.Dispose(); }
    }
}
