using System.Diagnostics;
using System.Globalization;

namespace Platform.Benchmarks.Running;

/// <summary>The peer: BullMQ on Redis, put in place by npm into a folder of the user's cache. Absent where node, npm or Redis is.</summary>
internal sealed class BullMq : IDisposable
{
    private const string Version = "6.7.0";
    private readonly string _script;
    private readonly Dictionary<string, string> _environment;
    private readonly string _queue = $"benchmark-{Guid.NewGuid():N}";
    private Child? _worker;

    private BullMq(string script, string redis) => (_script, _environment) = (script, new() { ["REDIS_URL"] = redis, ["BENCHMARK_TEXT"] = BenchmarkPost.Sample });

    /// <summary>Installs it where it is not there yet; null, with the reason, where that cannot be.</summary>
    public static async Task<(BullMq? Peer, string Name)> FindAsync()
    {
        if (Environment.GetEnvironmentVariable("REDIS_URL") is not { Length: > 0 } redis) { return (null, "BullMQ absent (REDIS_URL is not set)"); }
        if (Machine.Find("node") is null || Machine.Find("npm") is not { } npm) { return (null, "BullMQ absent (no node or npm)"); }
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var folder = Path.Combine(cache, "platform-benchmarks", $"bullmq-{Version}");
        Directory.CreateDirectory(folder);
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "bullmq")))
        {
            using var install = Process.Start(new ProcessStartInfo(npm, ["install", "--no-audit", "--no-fund", "--silent", "--prefix", folder, $"bullmq@{Version}", "ioredis@5"]) { WorkingDirectory = folder })!;
            await install.WaitForExitAsync();
            if (install.ExitCode != 0) { return (null, "BullMQ absent (npm could not install it)"); }
        }
        var script = Path.Combine(folder, "bullmq.mjs"); // beside its packages, where node looks for them
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Peers", "bullmq.mjs"), script, overwrite: true);
        return (new BullMq(script, redis), $"BullMQ {Version}");
    }

    /// <summary>Starts the worker; a lock of 0 ms means its defaults (30 s, looked at every 30 s).</summary>
    public async Task StartAsync(Sink sink, int concurrency, int lockMilliseconds = 0)
    {
        _worker = Run(Child.Measured, "worker", sink.Url, Text(concurrency), Text(lockMilliseconds));
        await _worker.HearAsync("ready");
    }

    /// <summary>Starts it and sends a few jobs first.</summary>
    public async Task StartWarmAsync(Sink sink, int jobs, int concurrency, int lockMilliseconds = 0)
    {
        await sink.ResetAsync(0);
        await StartAsync(sink, concurrency, lockMilliseconds);
        await AddAsync(Enumerable.Range(0, jobs).ToDictionary(n => $"warm-{n}", _ => DateTimeOffset.UtcNow));
        await sink.WaitAsync(jobs, "BullMQ's warm-up");
    }

    /// <summary>Adds delayed jobs.</summary>
    public async Task AddAsync(IReadOnlyDictionary<string, DateTimeOffset> due)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, due.Select(d => $"{d.Key} {d.Value.ToUnixTimeMilliseconds()}"));
        using (var add = Run(Child.Around, "add", file)) { await add.HearAsync("added"); }
        File.Delete(file);
    }

    /// <summary>One tenant's flood in one queue, the others behind it: p99 and longest wait of the others in milliseconds, and seconds for all.</summary>
    public async Task<string> FloodAsync(int noisy, int quiet, int delay, int slots)
    {
        using var flood = Run(Child.Measured, "flood", Text(noisy), Text(quiet), Text(delay), Text(slots));
        var said = await flood.HearAsync("jobs ", 600);
        await ClearAsync();
        return said;
    }

    /// <summary>An idle worker: percent of a processor of worker and Redis together, and its working set in bytes.</summary>
    public async Task<(double Cpu, double Resident)> IdleWorkerAsync(Sink sink, int seconds)
    {
        await StartAsync(sink, 8);
        await Task.Delay(2000);
        var before = await CpuAsync();
        await Task.Delay(seconds * 1000);
        return ((await CpuAsync() - before) / seconds / 10, _worker!.Resident);
    }

    /// <summary>Waits until no job is left.</summary>
    public async Task IdleAsync()
    {
        using var idle = Run(Child.Around, "idle");
        await idle.HearAsync("idle", 180);
    }

    /// <summary>Milliseconds of processor time so far, of the worker and of Redis together.</summary>
    public async Task<double> CpuAsync()
    {
        _worker!.Say("cpu");
        return (await _worker.HearAsync("cpu ")).Split(' ').Sum(n => double.Parse(n, CultureInfo.InvariantCulture));
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() { _worker?.Dispose(); _worker = null; }

    /// <summary>Ends the worker and takes the queue out of Redis.</summary>
    public async Task ClearAsync()
    {
        Kill();
        using var remove = Run(Child.Around, "remove");
        await remove.HearAsync("removed");
    }

    public void Dispose() => Kill();

    private Child Run(int processor, string mode, params string[] arguments) => Child.Start(processor, "node", [_script, mode, _queue, .. arguments], _environment);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
