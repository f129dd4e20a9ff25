using System.Collections.Concurrent;

namespace Platform.Storage.Sqlite;

/// <summary>A few connections that only read. They never wait for the writer (WAL).</summary>
internal sealed class Readers(Func<Session> open) : IDisposable
{
    private readonly SemaphoreSlim _free = new(Math.Max(4, Environment.ProcessorCount * 2));
    private readonly ConcurrentBag<Session> _idle = [];
    private volatile bool _closed;

    public async Task<T> RunAsync<T>(Func<Session, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try { return Run(read); }
        finally { _free.Release(); }
    }

    public void Dispose()
    {
        _closed = true;
        DisposeIdle();
    }

    private void DisposeIdle() { while (_idle.TryTake(out var session)) { session.Dispose(); } }

    private T Run<T>(Func<Session, T> read)
    {
        if (_closed) { throw new StorageUnavailableException("The storage is closed."); }
        Session? session = null;
        try
        {
            session = _idle.TryTake(out var idle) ? idle : open();
            var result = read(session);
            _idle.Add(session);
            if (_closed) { DisposeIdle(); }
            return result;
        }
        catch (SqliteFailure failure)
        {
            session?.Dispose();
            throw failure.ForCaller();
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }
}
