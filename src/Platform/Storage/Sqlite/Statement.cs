using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Platform.Storage.Sqlite;

/// <summary>A prepared statement. Text goes in and comes out as UTF-8 without a detour through strings.</summary>
internal sealed class Statement(sqlite3 database, sqlite3_stmt handle) : IDisposable
{
    // SQLITE_STMTSTATUS_REPREPARE, https://sqlite.org/c3ref/c_stmtstatus_counter.html
    private const int Replans = 5;

    /// <summary>Binds the parameters, from 1.</summary>
    public Statement Bind(IReadOnlyList<object?> values)
    {
        for (var i = 0; i < values.Count; i++) { Check(BindOne(i + 1, values[i])); }
        return this;
    }

    /// <summary>True where there is a row.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        return code switch { raw.SQLITE_ROW => true, raw.SQLITE_DONE => false, _ => throw Failure() };
    }

    /// <summary>Makes it ready for the next use.</summary>
    public void Reset()
    {
        // The code repeats the last step's failure, which was thrown already.
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
    }

    /// <summary>The bytes of a text column; good until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public string? Text(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Bytes(column));

    /// <summary>The column as text, number or null.</summary>
    public object? Any(int column) => raw.sqlite3_column_type(handle, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => Long(column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(handle, column),
        _ => Text(column),
    };

    /// <summary>How often SQLite planned it anew since it was prepared, because the schema changed or a value was bound that the plan depended on.</summary>
    public int Replanned => raw.sqlite3_stmt_status(handle, Replans, 0);

    public double? Number(int column) => IsNull(column) ? null : raw.sqlite3_column_double(handle, column);

    public void Dispose() => handle.Dispose();

    private int BindOne(int at, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(handle, at),
        long number => raw.sqlite3_bind_int64(handle, at, number),
        double number => raw.sqlite3_bind_double(handle, at, number),
        byte[] text => raw.sqlite3_bind_text(handle, at, text.AsSpan()),
        string { Length: 0 } => raw.sqlite3_bind_text(handle, at, ""),
        string text => BindText(at, text),
        _ => throw new NotSupportedException($"a parameter of type {value.GetType().Name}"),
    };

    private int BindText(int at, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > 512 ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> bytes = rented ?? stackalloc byte[512];
        var code = raw.sqlite3_bind_text(handle, at, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        if (rented is not null) { ArrayPool<byte>.Shared.Return(rented); }
        return code;
    }

    private void Check(int code) { if (code != raw.SQLITE_OK) { throw Failure(); } }

    private SqliteFailure Failure() => new(raw.sqlite3_extended_errcode(database), raw.sqlite3_errmsg(database).utf8_to_string());
}
