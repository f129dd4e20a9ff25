namespace Platform.Storage.Sqlite;

/// <summary>The open file: one writer, a few readers, and the lock that keeps other processes from writing to it.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly FileStream _lock;
    private readonly Writer _writer;
    private readonly Readers _readers;

    public SqliteDatabase(string directory)
    {
        MakeFolder(directory);
        File = FileIn(directory);
        _lock = Lock(directory);
        try
        {
            _writer = new Writer(() => new Session(File, writes: true));
            _readers = new Readers(() => new Session(File, writes: false));
        }
        catch { _lock.Dispose(); throw; }
    }

    /// <summary>The data file.</summary>
    public string File { get; }

    /// <summary>The data file of a data folder.</summary>
    public static string FileIn(string directory) => Path.Combine(directory, "platform.db");

    /// <summary>Takes the folder for this process; throws where another has it. The lock ends with the process, however it ends.</summary>
    public static FileStream Lock(string directory)
    {
        try { return new FileStream(Path.Combine(directory, "platform.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException taken)
        {
            throw new StorageUnavailableException($"Another process uses the data folder '{Path.GetFullPath(directory)}'. Stop it, or set Platform:DataDirectory to another folder; to run several copies use Storage:Engine Mongo.", taken);
        }
    }

    // Only the app's own user reads what is in it.
    public static void MakeFolder(string directory)
    {
        if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(directory); }
        else if (!Directory.Exists(directory)) { Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); }
    }

    public Task<T> ReadAsync<T>(Func<Session, T> read, CancellationToken cancellationToken) => _readers.RunAsync(read, cancellationToken);

    public Task<T> WriteAsync<T>(Func<Session, T> write, bool compound, CancellationToken cancellationToken) => _writer.RunAsync(write, compound, cancellationToken);

    /// <summary>Writes what waits, moves the log into the file, closes.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
        _lock.Dispose();
    }
}
