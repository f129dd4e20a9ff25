using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Platform.Tests.TestKit;

namespace Platform.Tests.Faults;

/// <summary>
/// A MongoDB-compatible server of one test's own, durable, to be killed, frozen and started again. It comes from the scripts that PLATFORM_SERVER_SCRIPTS
/// names (.ci/run does), and takes the programs that the shared server has installed already: so it is there within seconds.
/// </summary>
internal sealed class OwnMongo : IAsyncDisposable
{
    private static readonly string[] Daemons = ["gateway", "postgres"];
    private readonly string _servers = Directory.CreateTempSubdirectory("own-mongo-").FullName;
    private readonly string _script;
    private readonly int _port = FreePort();

    private OwnMongo(string script) => _script = script;

    /// <summary>Its address; the database is found again within a second.</summary>
    public string Uri => $"mongodb://127.0.0.1:{_port}/?serverSelectionTimeoutMS=2000&heartbeatFrequencyMS=500";

    /// <summary>Starts one; skips the test where this machine cannot.</summary>
    public static async Task<OwnMongo> StartAsync()
    {
        var own = new OwnMongo(Path.Combine(TestServers.Require("PLATFORM_SERVER_SCRIPTS"), "mongo"));
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a MongoDB server of its own needs root (chroot)");
        own.TakePrograms();
        await own.UpAsync();
        return own;
    }

    /// <summary>Starts it, again on the same port and data where it was killed.</summary>
    public Task UpAsync() => RunAsync("up", "--durable", "--port", _port.ToString(CultureInfo.InvariantCulture));

    /// <summary>As a power cut would.</summary>
    public void Kill() { foreach (var daemon in Daemons) { Signal(daemon, "KILL"); } }

    /// <summary>It takes connections and answers nothing.</summary>
    public void Freeze() => Signal("gateway", "STOP");

    /// <summary>It goes on where it was.</summary>
    public void Thaw() => Signal("gateway", "CONT");

    public async ValueTask DisposeAsync()
    {
        Thaw();
        await RunAsync("down");
        Directory.Delete(_servers, recursive: true);
    }

    private void TakePrograms()
    {
        var shared = Environment.GetEnvironmentVariable("PLATFORM_SERVERS") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "platform-servers");
        var mine = Directory.CreateDirectory(Path.Combine(_servers, "mongo")).FullName;
        foreach (var tree in Directory.Exists(Path.Combine(shared, "mongo")) ? Directory.EnumerateDirectories(Path.Combine(shared, "mongo"), "debian-*") : [])
        {
            Directory.CreateSymbolicLink(Path.Combine(mine, Path.GetFileName(tree)), tree);
        }
    }

    private void Signal(string daemon, string signal)
    {
        var pid = File.ReadAllText(Path.Combine(_servers, "mongo", "run", $"{daemon}.pid")).Split(' ')[0];
        using var kill = Process.Start("kill", [$"-{signal}", pid]);
        kill.WaitForExit();
    }

    private async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(_script, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["PLATFORM_SERVERS"] = _servers } };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await output + await errors);
    }

    // Its PostgreSQL listens ten thousand below.
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(21_000, 32_000);
            if (IsFree(port) && IsFree(port - 10_000)) { return port; }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try { listener.Start(); return true; }
        catch (SocketException) { return false; }
    }
}
