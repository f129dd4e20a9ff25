using SQLitePCL;

namespace Platform.Storage.Sqlite;

/// <summary>What SQLite answered instead of a result.</summary>
internal sealed class SqliteFailure(int code, string message) : Exception($"SQLite {code}: {message}")
{
    /// <summary>The extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>A unique index or the id stands against the write.</summary>
    public bool IsDuplicate => Code is raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY;

    /// <summary>Not this write's own fault: the disk, a lock, the file. The transaction may be gone.</summary>
    public bool IsUnavailable => (Code & 0xff) is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_READONLY
        or raw.SQLITE_NOMEM or raw.SQLITE_CORRUPT or raw.SQLITE_CANTOPEN or raw.SQLITE_NOTADB or raw.SQLITE_PERM or raw.SQLITE_PROTOCOL or raw.SQLITE_INTERRUPT;

    /// <summary>The failure in the port's words; itself where it has none.</summary>
    public Exception ForCaller()
    {
        if (IsUnavailable) { return new StorageUnavailableException($"The storage is not available now ({Message}). Nothing was written; try again.", this); }
        if (!IsDuplicate) { return this; }
        var (collection, index) = Broken();
        return new DuplicateKeyException(collection, index, this);
    }

    // "UNIQUE constraint failed: index 'posts.by_slug'" or "UNIQUE constraint failed: posts.id".
    private (string Collection, string? Index) Broken()
    {
        var name = Message[(Message.LastIndexOf(' ') + 1)..].Trim('\'');
        return name.Split('.', 2) is [var collection, var index] ? (collection, index) : (name, null);
    }
}
