using System.Runtime.InteropServices;
using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo.Native;

/// <summary>
/// One client of the driver's pool, used by one thread. Every call blocks. Failures throw <see cref="MongoFailure"/>; the driver looks into
/// answers that say ok and hold write errors or unmet write concerns, and fails the call for them.
/// </summary>
internal sealed unsafe class Connection : IDisposable
{
    private const int ReturnNew = 4, Upsert = 2;
    private static readonly BsonMap Nothing = [];
    private readonly Dictionary<string, CollectionHandle> _collections = [];
    private readonly ReplyBuffer _reply = new();
    private readonly NativeError* _error = (NativeError*)NativeMemory.AllocZeroed((nuint)sizeof(NativeError));
    private readonly PoolHandle _pool;
    private readonly string _database;
    private readonly nint _client;

    public Connection(PoolHandle pool, string database)
    {
        (_pool, _database) = (pool, database);
        _client = Mongoc.PoolPop(pool);
    }

    public void Insert(string collection, byte[] document, SessionHandle? session = null)
    {
        using BsonHandle record = BsonHandle.Of(document), options = Options(Nothing, session);
        Answer(Mongoc.InsertOne(In(collection), record, options, _reply.Pointer, _error));
    }

    public void InsertMany(string collection, IReadOnlyList<byte[]> documents, SessionHandle? session)
    {
        using var options = Options(Nothing, session);
        var records = documents.Select(d => BsonHandle.Of(d)).ToList();
        try
        {
            var pointers = records.Select(r => r.DangerousGetHandle()).ToArray();
            fixed (nint* all = pointers) { Checked(Mongoc.InsertMany(In(collection), all, (nuint)pointers.Length, options, _reply.Pointer, _error)); }
        }
        finally { records.ForEach(r => r.Dispose()); }
    }

    /// <summary>True where there was one.</summary>
    public bool Replace(string collection, BsonMap where, byte[] document, SessionHandle? session = null)
    {
        using BsonHandle filter = Bson(where), record = BsonHandle.Of(document), options = Options(Nothing, session);
        return Count(Answer(Mongoc.ReplaceOne(In(collection), filter, record, options, _reply.Pointer, _error)), "matchedCount") == 1;
    }

    public bool DeleteOne(string collection, BsonMap where, SessionHandle? session = null)
    {
        using BsonHandle filter = Bson(where), options = Options(Nothing, session);
        return Count(Answer(Mongoc.DeleteOne(In(collection), filter, options, _reply.Pointer, _error)), "deletedCount") == 1;
    }

    public long DeleteMany(string collection, BsonMap where, SessionHandle? session = null)
    {
        using BsonHandle filter = Bson(where), options = Options(Nothing, session);
        return Count(Answer(Mongoc.DeleteMany(In(collection), filter, options, _reply.Pointer, _error)), "deletedCount");
    }

    public long UpdateMany(string collection, BsonMap where, byte[] pipeline, SessionHandle? session)
    {
        using BsonHandle filter = Bson(where), update = BsonHandle.Of(pipeline), options = Options(Nothing, session);
        return Count(Answer(Mongoc.UpdateMany(In(collection), filter, update, options, _reply.Pointer, _error)), "matchedCount");
    }

    /// <summary>Changes the first match and returns it as it is after, or null where there is none.</summary>
    public byte[]? FindAndModify(string collection, BsonMap where, BsonMap? sort, byte[] update, SessionHandle? session = null, bool upsert = false)
    {
        using BsonHandle filter = Bson(where), change = BsonHandle.Of(update), order = Bson(sort ?? Nothing), extra = Options(Nothing, session);
        using var options = Mongoc.ModifyNew();
        Mongoc.ModifyUpdate(options, change);
        Mongoc.ModifyFlags(options, upsert ? ReturnNew | Upsert : ReturnNew);
        if (sort is not null) { Mongoc.ModifySort(options, order); }
        if (session is not null) { Mongoc.ModifyAppend(options, extra); }
        var reply = Checked(Mongoc.FindAndModify(In(collection), filter, options, _reply.Pointer, _error));
        var reader = new BsonReader(reply);
        while (reader.Next()) { if (reader.Type == BsonType.Map && reader.Name.SequenceEqual("value"u8)) { return reader.Value.ToArray(); } }
        return null;
    }

    public long Count(string collection, BsonMap where)
    {
        using BsonHandle filter = Bson(where), options = Options(Nothing, null);
        var count = Mongoc.Count(In(collection), filter, options, 0, _reply.Pointer, _error);
        Checked(count < 0 ? (byte)0 : (byte)1);
        return count;
    }

    /// <summary>The matches, at most <paramref name="limit"/>, in one round trip where they fit into one answer.</summary>
    public List<byte[]> Find(string collection, BsonMap where, BsonMap sort, int limit, BsonMap? fields = null, SessionHandle? session = null)
    {
        var wanted = new BsonMap("sort", sort).Add("limit", (long)limit).Add("batchSize", limit + 1);
        if (fields is not null) { wanted.Add("projection", fields); }
        using BsonHandle filter = Bson(where), options = Options(wanted, session);
        return Drain(Mongoc.Find(In(collection), filter, options, 0));
    }

    public List<byte[]> Aggregate(string collection, BsonList pipeline)
    {
        using BsonHandle stages = Bson(new BsonMap("pipeline", pipeline)), options = Options(Nothing, null);
        return Drain(Mongoc.Aggregate(In(collection), 0, stages, options, 0));
    }

    public List<byte[]> Indexes(string collection) => Drain(Mongoc.FindIndexes(In(collection), 0));

    /// <summary>A command that may be sent twice: the driver does not retry it.</summary>
    public BsonMap Command(BsonMap command, string? database = null)
    {
        using var document = Bson(command);
        return Answer(Mongoc.Command(_client, database ?? _database, document, 0, _reply.Pointer, _error));
    }

    public SessionHandle Begin()
    {
        var session = Mongoc.SessionStart(_client, 0, _error);
        if (!session.IsInvalid && Mongoc.TransactionStart(session, 0, _error) != 0) { return session; }
        session.Dispose();
        throw Failure(null);
    }

    public void Commit(SessionHandle session) => Checked(Mongoc.TransactionCommit(session, _reply.Pointer, _error));

    /// <summary>Gives a transaction up. Should that fail, the server ends it by itself.</summary>
    public void Abort(SessionHandle session) => Mongoc.TransactionAbort(session, _error);

    public void Dispose()
    {
        foreach (var collection in _collections.Values) { collection.Dispose(); }
        _collections.Clear();
        Mongoc.PoolPush(_pool, _client);
        _reply.Dispose();
        NativeMemory.Free(_error);
    }

    private static BsonHandle Bson(BsonMap map) => BsonHandle.Of(map.ToBytes());

    private static long Count(BsonMap answer, string name) => answer[name] switch { int some => some, long many => many, _ => 0 };

    private BsonHandle Options(BsonMap options, SessionHandle? session)
    {
        var made = Bson(options);
        if (session is not null && Mongoc.SessionAppend(session, made, _error) == 0) { made.Dispose(); throw Failure(null); }
        return made;
    }

    private CollectionHandle In(string name) => _collections.TryGetValue(name, out var known) ? known : _collections[name] = Mongoc.GetCollection(_client, _database, name);

    private List<byte[]> Drain(CursorHandle cursor)
    {
        using (cursor)
        {
            var found = new List<byte[]>();
            while (Mongoc.CursorNext(cursor, out var bson) != 0) { found.Add(ReplyBuffer.Copy(bson)); }
            return Mongoc.CursorError(cursor, _error, out var reply) == 0 ? found : throw Failure(reply == 0 ? null : ReplyBuffer.Copy(reply));
        }
    }

    private BsonMap Answer(byte ok) => BsonReader.Read(Checked(ok));

    private byte[] Checked(byte ok)
    {
        var reply = _reply.Take();
        return ok != 0 ? reply : throw Failure(reply);
    }

    private MongoFailure Failure(byte[]? reply) => new(_error->Domain, _error->Code, _error->Message, reply);
}
