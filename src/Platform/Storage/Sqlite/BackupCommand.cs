using Microsoft.Extensions.Options;
using Platform.Primitives;

namespace Platform.Storage.Sqlite;

/// <summary><c>backup &lt;file&gt;</c>: saves all records into a new file, also while the app runs.</summary>
internal sealed class BackupCommand(IOptions<StorageOptions> options) : ICommand
{
    public string Name => "backup";

    public Task<int> RunAsync(IReadOnlyList<string> arguments, ICommandOutput output, CancellationToken cancellationToken) => Spoken.RunAsync(arguments, output, "backup <file>", file =>
    {
        var bytes = Backup.Write(options.Value.DataDirectory, file);
        output.Say($"Saved {bytes:N0} bytes to {file}. Keep the other files of the data folder (keys, media) with it.");
    });
}

/// <summary><c>restore &lt;file&gt;</c>: puts a backup in the place of the records; the app must be stopped.</summary>
internal sealed class RestoreCommand(IOptions<StorageOptions> options, TimeProvider time) : ICommand
{
    public string Name => "restore";

    public Task<int> RunAsync(IReadOnlyList<string> arguments, ICommandOutput output, CancellationToken cancellationToken) => Spoken.RunAsync(arguments, output, "restore <file>", file =>
    {
        var before = Backup.Restore(options.Value.DataDirectory, file, time.GetUtcNow());
        output.Say($"Restored {file}.{(before is null ? "" : $" What was there before is in {before}.")}");
    });
}

/// <summary>A command over one file that says what went wrong instead of throwing.</summary>
internal static class Spoken
{
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, ICommandOutput output, string usage, Action<string> run)
    {
        if (arguments is not [var file] || file.StartsWith('-')) { output.Complain($"Say: {usage}"); return Task.FromResult(2); }
        try { run(Path.GetFullPath(file)); return Task.FromResult(0); }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or StorageUnavailableException or SqliteFailure)
        {
            output.Complain(failure.Message);
            return Task.FromResult(1);
        }
    }
}
