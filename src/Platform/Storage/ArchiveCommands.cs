using Platform.Primitives;

namespace Platform.Storage;

/// <summary><c>backup &lt;file&gt;</c> where the records are on a server: all records and media in one file, also while the copies run.</summary>
internal sealed class ArchiveBackupCommand(Func<Archive> archive, TimeProvider time) : ICommand
{
    public string Name => "backup";

    public Task<int> RunAsync(IReadOnlyList<string> arguments, ICommandOutput output, CancellationToken cancellationToken) => ArchiveCommand.RunAsync(arguments, output, "backup <file>", async file =>
    {
        var manifest = await archive().WriteAsync(file, time.GetUtcNow(), cancellationToken);
        output.Say($"Saved {manifest.Collections.Values.Sum(c => c.Count):N0} records and {manifest.Media.Count:N0} media files to {file} ({new FileInfo(file).Length:N0} bytes), read back and verified. Keep Platform:MasterKey apart from it: without the key, what is sealed stays sealed.");
    });
}

/// <summary><c>restore &lt;file&gt;</c> where the records are on a server: into a database without records, with every copy stopped.</summary>
internal sealed class ArchiveRestoreCommand(Func<Archive> archive) : ICommand
{
    public string Name => "restore";

    public Task<int> RunAsync(IReadOnlyList<string> arguments, ICommandOutput output, CancellationToken cancellationToken) => ArchiveCommand.RunAsync(arguments, output, "restore <file>", async file =>
    {
        if (!File.Exists(file)) { throw new FileNotFoundException($"There is no file '{file}'."); }
        var manifest = await archive().RestoreAsync(file, cancellationToken);
        output.Say($"Restored {manifest.Collections.Values.Sum(c => c.Count):N0} records and {manifest.Media.Count:N0} media files as of {manifest.At:u}, compared with their checksums. What was deleted since then is back.");
    });
}

/// <summary>A command over one file that says what went wrong instead of throwing.</summary>
internal static class ArchiveCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ICommandOutput output, string usage, Func<string, Task> run)
    {
        if (arguments is not [var file] || file.StartsWith('-')) { output.Complain($"Say: {usage}"); return 2; }
        try { await run(Path.GetFullPath(file)); return 0; }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or StorageUnavailableException or System.Text.Json.JsonException)
        {
            output.Complain(failure.Message);
            return 1;
        }
    }
}
