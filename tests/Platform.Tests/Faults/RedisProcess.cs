using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Platform.Tests.TestKit;

namespace Platform.Tests.Faults;

/// <summary>A Redis of a test's own, which may be killed, frozen and emptied; never the shared one.</summary>
internal sealed class RedisProcess : IDisposable
{
    private Process? _process;

    private RedisProcess(int port) => Port = port;

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Chooses a free port; nothing listens there yet. Skips where Redis is not on the machine.</summary>
    public static RedisProcess Choose()
    {
        TestServers.Require("REDIS_URL");
        Assert.SkipUnless(File.Exists(Program), $"{Program} (package redis-tools) is not there");
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new RedisProcess(((IPEndPoint)probe.LocalEndpoint).Port);
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        // The program acts by the name it is called by.
        var start = new ProcessStartInfo("bash", ["-c", $"exec -a redis-server {Program} --bind 127.0.0.1 --port {Port} --save '' --appendonly no --dir /tmp"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(async () => (await SayAsync("PING")).Contains("PONG", StringComparison.Ordinal), "Redis answers");
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    /// <summary>SIGSTOP: connections stay, nothing answers.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal("CONT");

    /// <summary>One command; empty where it does not answer.</summary>
    public async Task<string> SayAsync(string command)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            var stream = client.GetStream();
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(command + "\r\n"));
            var buffer = new byte[4096];
            return System.Text.Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
        }
        catch (SocketException) { return ""; }
    }

    public void Dispose() => Kill();

    private const string Program = "/usr/bin/redis-check-rdb";

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
