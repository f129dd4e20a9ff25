using System.Reflection;
using System.Runtime.InteropServices;

namespace Platform.Storage.Mongo.Native;

/// <summary>
/// The functions of the MongoDB C driver that we use; those of libbson are found through it. Both generations of the library fit: 1.x
/// (libmongoc-1.0) and 2.x (libmongoc2). Writes go through the calls that the driver retries by itself (insert_one, replace_one, delete_one,
/// find_and_modify): a plain command would not be, and a lost answer would look like a failure. Source: mongoc.org, "Retryable Writes".
/// </summary>
internal static unsafe partial class Mongoc
{
    private const string Library = "mongoc";
    private static readonly string[] Names = ["libmongoc2.so.2", "libmongoc-1.0.so.0", "libmongoc2.dylib", "libmongoc-1.0.0.dylib", "mongoc2.dll", "mongoc-1.0.dll"];
    private static readonly Lazy<nint> Loaded = new(Load);

    static Mongoc() => NativeLibrary.SetDllImportResolver(typeof(Mongoc).Assembly, Resolve);

    /// <summary>Whether the library is on this machine.</summary>
    public static bool IsPresent => Loaded.Value != 0;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Library ? Loaded.Value : 0;

    private static nint Load() => Names.Select(name => NativeLibrary.TryLoad(name, out var handle) ? handle : 0).FirstOrDefault(handle => handle != 0);

    [LibraryImport(Library, EntryPoint = "mongoc_init")] public static partial void Init();
    [LibraryImport(Library, EntryPoint = "mongoc_get_major_version")] public static partial int MajorVersion();
    [LibraryImport(Library, EntryPoint = "mongoc_log_set_handler")] public static partial void SetLogHandler(delegate* unmanaged<int, byte*, byte*, void*, void> handler, void* data);

    [LibraryImport(Library, EntryPoint = "bson_new_from_data")] public static partial nint BsonFromData(byte* data, nuint length);
    [LibraryImport(Library, EntryPoint = "bson_get_data")] public static partial byte* BsonData(nint bson);
    [LibraryImport(Library, EntryPoint = "bson_destroy")] public static partial void BsonDestroy(nint bson);

    [LibraryImport(Library, EntryPoint = "mongoc_uri_new_with_error", StringMarshalling = StringMarshalling.Utf8)] public static partial UriHandle UriNew(string text, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_uri_destroy")] public static partial void UriDestroy(nint uri);

    [LibraryImport(Library, EntryPoint = "mongoc_client_pool_new_with_error")] public static partial PoolHandle PoolNew(UriHandle uri, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_client_pool_destroy")] public static partial void PoolDestroy(nint pool);
    [LibraryImport(Library, EntryPoint = "mongoc_client_pool_set_error_api")] public static partial byte PoolSetErrorApi(PoolHandle pool, int version);
    [LibraryImport(Library, EntryPoint = "mongoc_client_pool_set_appname", StringMarshalling = StringMarshalling.Utf8)] public static partial byte PoolSetAppName(PoolHandle pool, string name);
    [LibraryImport(Library, EntryPoint = "mongoc_client_pool_pop")] public static partial nint PoolPop(PoolHandle pool);
    [LibraryImport(Library, EntryPoint = "mongoc_client_pool_push")] public static partial void PoolPush(PoolHandle pool, nint client);

    [LibraryImport(Library, EntryPoint = "mongoc_client_command_simple", StringMarshalling = StringMarshalling.Utf8)] public static partial byte Command(nint client, string database, BsonHandle command, nint preferences, nint reply, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_client_get_collection", StringMarshalling = StringMarshalling.Utf8)] public static partial CollectionHandle GetCollection(nint client, string database, string name);
    [LibraryImport(Library, EntryPoint = "mongoc_collection_destroy")] public static partial void CollectionDestroy(nint collection);

    [LibraryImport(Library, EntryPoint = "mongoc_collection_insert_one")] public static partial byte InsertOne(CollectionHandle collection, BsonHandle document, BsonHandle options, nint reply, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_collection_insert_many")] public static partial byte InsertMany(CollectionHandle collection, nint* documents, nuint count, BsonHandle options, nint reply, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_collection_replace_one")] public static partial byte ReplaceOne(CollectionHandle collection, BsonHandle filter, BsonHandle document, BsonHandle options, nint reply, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_collection_update_many")] public static partial byte UpdateMany(CollectionHandle collection, BsonHandle filter, BsonHandle update, BsonHandle options, nint reply, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_collection_delete_one")] public static partial byte DeleteOne(CollectionHandle collection, BsonHandle filter, BsonHandle options, nint reply, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_collection_delete_many")] public static partial byte DeleteMany(CollectionHandle collection, BsonHandle filter, BsonHandle options, nint reply, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_collection_count_documents")] public static partial long Count(CollectionHandle collection, BsonHandle filter, BsonHandle options, nint preferences, nint reply, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_collection_find_with_opts")] public static partial CursorHandle Find(CollectionHandle collection, BsonHandle filter, BsonHandle options, nint preferences);
    [LibraryImport(Library, EntryPoint = "mongoc_collection_aggregate")] public static partial CursorHandle Aggregate(CollectionHandle collection, int flags, BsonHandle pipeline, BsonHandle options, nint preferences);
    [LibraryImport(Library, EntryPoint = "mongoc_collection_find_indexes_with_opts")] public static partial CursorHandle FindIndexes(CollectionHandle collection, nint options);

    [LibraryImport(Library, EntryPoint = "mongoc_cursor_next")] public static partial byte CursorNext(CursorHandle cursor, out nint bson);
    [LibraryImport(Library, EntryPoint = "mongoc_cursor_error_document")] public static partial byte CursorError(CursorHandle cursor, NativeError* error, out nint reply);
    [LibraryImport(Library, EntryPoint = "mongoc_cursor_destroy")] public static partial void CursorDestroy(nint cursor);

    [LibraryImport(Library, EntryPoint = "mongoc_find_and_modify_opts_new")] public static partial ModifyHandle ModifyNew();
    [LibraryImport(Library, EntryPoint = "mongoc_find_and_modify_opts_destroy")] public static partial void ModifyDestroy(nint options);
    [LibraryImport(Library, EntryPoint = "mongoc_find_and_modify_opts_set_sort")] public static partial byte ModifySort(ModifyHandle options, BsonHandle sort);
    [LibraryImport(Library, EntryPoint = "mongoc_find_and_modify_opts_set_update")] public static partial byte ModifyUpdate(ModifyHandle options, BsonHandle update);
    [LibraryImport(Library, EntryPoint = "mongoc_find_and_modify_opts_set_flags")] public static partial byte ModifyFlags(ModifyHandle options, int flags);
    [LibraryImport(Library, EntryPoint = "mongoc_find_and_modify_opts_append")] public static partial byte ModifyAppend(ModifyHandle options, BsonHandle extra);
    [LibraryImport(Library, EntryPoint = "mongoc_collection_find_and_modify_with_opts")] public static partial byte FindAndModify(CollectionHandle collection, BsonHandle filter, ModifyHandle options, nint reply, NativeError* error);

    [LibraryImport(Library, EntryPoint = "mongoc_client_start_session")] public static partial SessionHandle SessionStart(nint client, nint options, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_client_session_destroy")] public static partial void SessionDestroy(nint session);
    [LibraryImport(Library, EntryPoint = "mongoc_client_session_append")] public static partial byte SessionAppend(SessionHandle session, BsonHandle options, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_client_session_start_transaction")] public static partial byte TransactionStart(SessionHandle session, nint options, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_client_session_commit_transaction")] public static partial byte TransactionCommit(SessionHandle session, nint reply, NativeError* error);
    [LibraryImport(Library, EntryPoint = "mongoc_client_session_abort_transaction")] public static partial byte TransactionAbort(SessionHandle session, NativeError* error);
}
