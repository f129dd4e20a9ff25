using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Platform.Storage.Mongo.Bson;
using Platform.Storage.Mongo.Native;

namespace Platform.Storage.Mongo;

/// <summary>The open database: the driver's pool, our threads, and the rules for trying again.</summary>
internal sealed class MongoDatabase : IDisposable
{
    private const int MostCommits = 5;
    private static readonly int Threads = Math.Clamp(Environment.ProcessorCount * 4, 16, 64);
    // As long as the driver's specification allows a transaction to be tried again is 120 s; nobody waits that long for a page.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);
    private readonly PoolHandle _pool;
    private readonly ILogger _log;
    private readonly NativeThreads _threads;

    public MongoDatabase(MongoAddress address, ILogger log)
    {
        (Address, _log) = (address, log);
        if (!Mongoc.IsPresent) { throw new StorageUnavailableException(MongoStartText.NoLibrary); }
        Mongoc.Init();
        NativeLog.Install(log);
        _pool = Pool(address);
        _threads = new NativeThreads(Math.Min(Threads, address.MostConnections), address.Patience, () => new Connection(_pool, address.Database));
    }

    public MongoAddress Address { get; }

    /// <summary>False on a single server that is no replica set: then steps run one by one.</summary>
    public bool HasTransactions { get; set; } = true;

    /// <summary>Runs a blocking piece of work; writes that met another's are made again, with a pause that grows.</summary>
    public async Task<T> RunAsync<T>(string collection, Func<Connection, T> work, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try { return await _threads.RunAsync(work, cancellationToken); }
            catch (MongoFailure failure) when (failure.IsConflict && Stopwatch.GetElapsedTime(start) < Patience) { await PauseAsync(attempt, cancellationToken); }
            catch (MongoFailure failure) { throw failure.ForCaller(collection); }
        }
    }

    /// <summary>Runs work whose writes happen together or not at all; an exception takes all of them back.</summary>
    public Task<T> TransactAsync<T>(string collection, Func<Connection, SessionHandle?, T> work, CancellationToken cancellationToken) =>
        RunAsync(collection, connection => HasTransactions ? InTransaction(connection, work) : work(connection, null), cancellationToken);

    /// <summary>The server's clock, on which copies of the app agree whose own clocks differ.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        var hello = await RunAsync("server", connection => connection.Command(new BsonMap("hello", 1), "admin"), cancellationToken);
        return DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(hello["localTime"] ?? 0L, CultureInfo.InvariantCulture));
    }

    /// <summary>Closes it. What the server still holds up after <see cref="LongestStop"/> is left to end with the process.</summary>
    public void Dispose()
    {
        if (!_threads.Stop(LongestStop))
        {
            _log.LogWarning("The database still holds calls up; they are left to end with the process");
            return;
        }
        _threads.Dispose();
        _pool.Dispose();
    }

    private static T InTransaction<T>(Connection connection, Func<Connection, SessionHandle?, T> work)
    {
        using var session = connection.Begin();
        T result;
        try { result = work(connection, session); }
        catch { connection.Abort(session); throw; }
        Commit(connection, session);
        return result;
    }

    // A commit whose answer got lost may be sent again: the server answers it the same way. A transaction that is gone is begun anew by the caller.
    private static void Commit(Connection connection, SessionHandle session)
    {
        for (var attempt = 1; ; attempt++)
        {
            try { connection.Commit(session); return; }
            catch (MongoFailure failure) when (attempt < MostCommits && failure.Is("UnknownTransactionCommitResult")) { /* once more */ }
        }
    }

    private static Task PauseAsync(int attempt, CancellationToken cancellationToken) => Task.Delay(1 + RandomNumberGenerator.GetInt32(Math.Min(200, 4 << Math.Min(attempt, 6))), cancellationToken);

    private static unsafe PoolHandle Pool(MongoAddress address)
    {
        NativeError error = default;
        using var uri = Mongoc.UriNew(address.Uri, &error);
        if (uri.IsInvalid) { throw new StorageUnavailableException($"Storage:MongoUri is no connection string that the MongoDB driver takes: {NativeLog.WithoutSecrets(error.Message)}"); }
        var pool = Mongoc.PoolNew(uri, &error);
        if (pool.IsInvalid) { throw new StorageUnavailableException($"The MongoDB driver cannot use Storage:MongoUri ({address.Hosts}): {NativeLog.WithoutSecrets(error.Message)}"); }
        Mongoc.PoolSetErrorApi(pool, 2);
        Mongoc.PoolSetAppName(pool, "platform");
        return pool;
    }
}
