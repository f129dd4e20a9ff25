using System.Diagnostics;
using System.Globalization;

namespace Platform.Benchmarks.Running;

/// <summary>A call that the network accepted.</summary>
internal sealed record Arrival(string Key, DateTimeOffset Arrived, DateTimeOffset Accepted);

/// <summary>The network's process, as the benchmark sees it.</summary>
internal sealed class Sink : IDisposable
{
    private readonly Child _child;
    private readonly HttpClient _client;

    private Sink(Child child, string url) => (_child, Url, _client) = (child, url, new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(1) });

    public string Url { get; }

    public static async Task<Sink> StartAsync()
    {
        var child = Child.Self(Child.Around, Roles.Sink);
        return new Sink(child, await child.HearAsync("listening "));
    }

    /// <summary>Forgets what was; from now on each call takes so many milliseconds.</summary>
    public async Task ResetAsync(int delay) => (await _client.PostAsync(new Uri($"/control/reset?delay={delay}", UriKind.Relative), null)).EnsureSuccessStatusCode();

    public async Task<int> CountAsync() => int.Parse(await _client.GetStringAsync(new Uri("/control/count", UriKind.Relative)), CultureInfo.InvariantCulture);

    /// <summary>Waits until so many keys were accepted; gives up when nothing comes for a while.</summary>
    public async Task WaitAsync(int keys, string who, int quietSeconds = 45)
    {
        var (last, quiet) = (-1, Stopwatch.StartNew());
        while (true)
        {
            var count = await CountAsync();
            if (count >= keys) { return; }
            if (count != last) { (last, quiet) = (count, Stopwatch.StartNew()); }
            if (quiet.Elapsed.TotalSeconds > quietSeconds) { throw new InvalidOperationException($"{who}: {count} of {keys} came, then nothing for {quietSeconds} s"); }
            await Task.Delay(50);
        }
    }

    public async Task<IReadOnlyList<Arrival>> LogAsync() =>
    [
        .. (await _client.GetStringAsync(new Uri("/control/log", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .Select(f => new Arrival(f[0], Instant(f[1]), Instant(f[2]))),
    ];

    /// <summary>The log of a run that must have brought each key exactly once; throws otherwise.</summary>
    public async Task<IReadOnlyList<Arrival>> ExactlyAsync(IReadOnlyCollection<string> keys, string who)
    {
        var log = await LogAsync();
        var unique = log.Select(a => a.Key).ToHashSet();
        if (log.Count != unique.Count || !unique.SetEquals(keys))
        {
            throw new InvalidOperationException($"{who}: {keys.Count} were due; {unique.Count} came, {log.Count - unique.Count} of them twice or more, {unique.Count(k => !keys.Contains(k))} unknown");
        }
        return log;
    }

    public void Dispose()
    {
        _client.Dispose();
        _child.Dispose();
    }

    private static DateTimeOffset Instant(string ticks) => new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
