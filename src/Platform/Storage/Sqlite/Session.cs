using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Platform.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class Session : IDisposable
{
    private const int MostStatements = 300;
    // SQLITE_DBCONFIG_ENABLE_QPSG, https://sqlite.org/c3ref/c_dbconfig_defensive.html
    private const int StablePlans = 1007;
    // SQLITE_CONFIG_STMTJRNL_SPILL, https://sqlite.org/c3ref/c_config_covering_index_scan.html
    private const int SpillJournal = 26;
    private const int JournalInMemory = 32 * 1024 * 1024;
    private readonly Dictionary<string, LinkedListNode<(string Sql, Statement Statement)>> _statements = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Sql, Statement Statement)> _byUse = new();
    private readonly SqliteConnection _connection;

    // What a savepoint may have to take back stays in memory: with the 64 KB that SQLite allows by itself, it makes, fills and removes a file for every claim of many.
    // It is told once, before the first connection.
    static Session()
    {
        Batteries_V2.Init();
        if (raw.sqlite3_config(SpillJournal, JournalInMemory) is var code and not raw.SQLITE_OK) { throw new SqliteFailure(code, "SQLite was in use before it could be told to keep its journals in memory"); }
    }

    public Session(string file, bool writes, bool copies = false)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = writes ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite }.ToString());
        try
        {
            _connection.Open();
            // Plans do not depend on what is bound: else a statement is planned anew whenever a value that a partial index might have to do with changes.
            raw.sqlite3_db_config(_connection.Handle!, StablePlans, 1, out _);
            Run("PRAGMA busy_timeout=2000");
            if (writes) { Run("PRAGMA journal_mode=WAL"); }
            Run("PRAGMA synchronous=FULL");
            Run("PRAGMA mmap_size=268435456");
            Run(writes ? "PRAGMA wal_autocheckpoint=4000" : $"PRAGMA query_only={(copies ? "OFF" : "ON")}");
            Run("PRAGMA cache_size=-16000");
        }
        catch (SqliteException failure) { _connection.Dispose(); throw new SqliteFailure(failure.SqliteExtendedErrorCode, failure.Message); }
        catch { Dispose(); throw; }
    }

    /// <summary>The connection, for what the hot path does not need (backup).</summary>
    public SqliteConnection Connection => _connection;

    /// <summary>The prepared statement of a text; the least used goes when there are too many.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
        {
            if (known != _byUse.First) { _byUse.Remove(known); _byUse.AddFirst(known); }
            return known.Value.Statement;
        }
        if (_statements.Count >= MostStatements) { Forget(_byUse.Last!); }
        var handle = _connection.Handle!;
        if (raw.sqlite3_prepare_v3(handle, Encoding.UTF8.GetBytes(sql), 1, out var prepared) != raw.SQLITE_OK)
        {
            throw new SqliteFailure(raw.sqlite3_extended_errcode(handle), $"{raw.sqlite3_errmsg(handle).utf8_to_string()} in {sql}");
        }
        var statement = new Statement(handle, prepared);
        _statements[sql] = _byUse.AddFirst((sql, statement));
        return statement;
    }

    /// <summary>Runs a statement for its effect; returns how many rows it changed.</summary>
    public int Run(string sql, params IReadOnlyList<object?> values)
    {
        var statement = Prepare(sql);
        try
        {
            statement.Bind(values);
            while (statement.Step()) { }
            return raw.sqlite3_changes(_connection.Handle!);
        }
        finally { statement.Reset(); }
    }

    /// <summary>Runs a query and makes something of every row.</summary>
    public List<T> Rows<T>(string sql, IReadOnlyList<object?> values, Func<Statement, T> make)
    {
        var statement = Prepare(sql);
        try
        {
            statement.Bind(values);
            var rows = new List<T>();
            while (statement.Step()) { rows.Add(make(statement)); }
            return rows;
        }
        finally { statement.Reset(); }
    }

    public void Dispose()
    {
        foreach (var node in _byUse) { node.Statement.Dispose(); }
        _statements.Clear();
        _byUse.Clear();
        _connection.Dispose();
    }

    private void Forget(LinkedListNode<(string Sql, Statement Statement)> node)
    {
        _byUse.Remove(node);
        _statements.Remove(node.Value.Sql);
        node.Value.Statement.Dispose();
    }
}
