namespace Platform.Benchmarks.Running;

/// <summary>What else the machine is doing: a number without it says little.</summary>
internal static class Machine
{
    /// <summary>Such as <c>load average 0.4 (1 min)</c>.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? $"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} (1 min)" : "load average unknown";

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until an address answers with success.</summary>
    public static async Task AnswersAsync(string url, Func<string> output, int seconds = 120)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try { if ((await client.GetAsync(new Uri(url))).IsSuccessStatusCode) { return; } }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { /* not yet */ }
            if (watch.Elapsed.TotalSeconds > seconds) { throw new InvalidOperationException($"{url} does not answer:\n{output()}"); }
            await Task.Delay(10);
        }
    }

    /// <summary>The full path of a program; null where it is not installed.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
