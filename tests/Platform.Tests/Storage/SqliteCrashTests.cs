using System.Diagnostics;
using Platform.Storage;
using Platform.Storage.Sqlite;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Storage;

/// <summary>A process that writes is killed (SIGKILL); what it had been told is written must be there, and pairs must be whole.</summary>
public sealed class SqliteCrashTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storage-crash-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_acknowledged_survives_a_kill()
    {
        for (var round = 0; round < 3; round++)
        {
            using var child = Start();
            var acknowledged = new List<string>();
            while (acknowledged.Count < 200 * (round + 1) && await child.StandardOutput.ReadLineAsync() is { } line) { if (line.StartsWith("ack ", StringComparison.Ordinal)) { acknowledged.Add(line[4..]); } }
            child.Kill();
            // What the child had said before it died counts, too.
            while (await child.StandardOutput.ReadLineAsync() is { } line) { if (line.StartsWith("ack ", StringComparison.Ordinal) && line.Length == 36) { acknowledged.Add(line[4..]); } }
            await child.WaitForExitAsync();
            child.ExitCode.ShouldNotBe(0);
            await CheckAsync(acknowledged);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SqliteCrashTests).Assembly.Location]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[StartupHook.Folder] = _folder;
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(SqliteCrashTests).Assembly.Location;
        return Process.Start(start)!;
    }

    private async Task CheckAsync(List<string> acknowledged)
    {
        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(200);
        SqliteDocumentStore? store = null;
        await Eventually.TrueAsync(() => TryOpen(out store), "the killed process lets go of the folder");
        using (store)
        {
            var keys = new HashSet<string>();
            await foreach (var setting in store!.ForPlatform<Setting>(Caller.Platform).StreamAsync(new Query<Setting>(), CancellationToken.None)) { keys.Add(setting.Key); }
            acknowledged.Where(key => !keys.Contains(key)).ShouldBeEmpty();
            keys.Where(key => key.Length == 32 && !keys.Contains(key + "-twin")).ShouldBeEmpty();
        }
    }

    private bool TryOpen(out SqliteDocumentStore? store)
    {
        try { store = SqliteDocumentStore.Open(_folder, Records.All); return true; }
        catch (StorageUnavailableException) { store = null; return false; }
    }
}
