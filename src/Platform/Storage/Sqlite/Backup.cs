namespace Platform.Storage.Sqlite;

/// <summary>
/// Copies of the data file. A backup is one moment of the store, taken through a reading connection while the app goes on; it is checked
/// and on the disk before it gets its name. A restore needs the app stopped, and keeps what was there beside it.
/// </summary>
internal static class Backup
{
    /// <summary>Copies the store of the folder into a new file; returns its size in bytes.</summary>
    public static long Write(string directory, string target)
    {
        var source = SqliteDatabase.FileIn(directory);
        if (!File.Exists(source)) { throw new FileNotFoundException($"There is no store in '{directory}'. Set Platform:DataDirectory to the folder of the app that you want to save."); }
        if (File.Exists(target)) { throw new IOException($"'{target}' exists already. Name a new file."); }
        var unfinished = target + ".unfinished";
        File.Delete(unfinished);
        try
        {
            using (var session = new Session(source, writes: false, copies: true)) { session.Run("VACUUM INTO ?", [unfinished]); }
            Check(unfinished);
            Settle(unfinished);
            File.Move(unfinished, target);
            return new FileInfo(target).Length;
        }
        finally { File.Delete(unfinished); }
    }

    /// <summary>Puts a backup in the place of the folder's store; returns the file that holds what was there before, if anything was.</summary>
    public static string? Restore(string directory, string backup, DateTimeOffset now)
    {
        if (!File.Exists(backup)) { throw new FileNotFoundException($"There is no file '{backup}'."); }
        SqliteDatabase.MakeFolder(directory);
        using var held = SqliteDatabase.Lock(directory);
        var (file, incoming) = (SqliteDatabase.FileIn(directory), SqliteDatabase.FileIn(directory) + ".incoming");
        File.Copy(backup, incoming, overwrite: true);
        try
        {
            Check(incoming);
            Settle(incoming);
            var before = KeepOld(file, now);
            File.Move(incoming, file);
            return before;
        }
        finally { File.Delete(incoming); }
    }

    private static string? KeepOld(string file, DateTimeOffset now)
    {
        if (!File.Exists(file)) { return null; }
        // Its log goes into the file first, so that one file holds everything.
        using (var session = new Session(file, writes: true)) { session.Run("PRAGMA wal_checkpoint(TRUNCATE)"); session.Run("PRAGMA journal_mode=DELETE"); }
        var before = $"{file}.before-restore-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
        File.Move(file, before);
        return before;
    }

    private static void Check(string file)
    {
        try
        {
            using var session = new Session(file, writes: false);
            var answer = session.Rows("PRAGMA integrity_check(1)", [], row => row.Text(0))[0];
            if (answer != "ok") { throw new InvalidDataException($"'{file}' is damaged: {answer}"); }
            session.Rows("SELECT count(*) FROM _indexes", [], row => row.Long(0));
        }
        catch (SqliteFailure failure) { throw new InvalidDataException($"'{file}' is no backup of this app: {failure.Message}", failure); }
    }

    private static void Settle(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }
}
