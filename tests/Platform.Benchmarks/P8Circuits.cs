using System.Globalization;
using Platform.Benchmarks.Running;
using Platform.Benchmarks.Running.Circuits;

namespace Platform.Benchmarks;

/// <summary>Open pages without browsers: the signed-in dashboard, and a page with one counter in the same build. What each holds on the server after a full collection, and how soon it answers an event.</summary>
internal sealed class P8Circuits : IBenchmark
{
    private const int People = 4;

    public string Id => "P8";

    public string Title => "circuits: memory and events of open pages";

    public IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["circuits"] = 200, ["events"] = 5, ["openers"] = 8 };

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        using var sink = await Sink.StartAsync();
        using var product = await Installation.MakeAsync(sink, 200, 0, 8);
        var url = await product.ServeAsync();
        using var hello = await HelloPeer.StartAsync();
        var cookies = new List<string?>();
        for (var n = 0; n < People; n++) { cookies.Add((await ApiPerson.JoinAsync(url, n, 5)).Cookie); }
        var theirs = await MeasureAsync(hello.Process, hello.Url, [null], c => c.FireAsync("onclick"), sizes);
        var ours = await MeasureAsync(product.Process, url, cookies, c => c.GoAsync($"{url}/?at={c.GetHashCode()}"), sizes);
        return Table(ours, theirs, sizes);
    }

    private static async Task<Outcome> MeasureAsync(Child process, string url, List<string?> cookies, Func<Circuit, Task<double>> use, IReadOnlyDictionary<string, int> sizes)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(2) };
        // What the first pages bring for all (code, caches) belongs to none of them.
        foreach (var first in await OpenAsync(client, url, cookies, 12, sizes["openers"])) { await use(first); await first.DisposeAsync(); }
        await Task.Delay(2000);
        var before = await Memory.OfAsync(process);
        var (cpu, watch) = (process.Cpu, System.Diagnostics.Stopwatch.StartNew());
        var circuits = await OpenAsync(client, url, cookies, sizes["circuits"], sizes["openers"]);
        var (opening, openCpu) = (watch.Elapsed, process.Cpu - cpu);
        await Task.Delay(2000);
        var with = await Memory.OfAsync(process);
        cpu = process.Cpu;
        var took = new List<double>();
        for (var i = 0; i < sizes["events"]; i++) { foreach (var circuit in circuits) { took.Add(await use(circuit)); } }
        var eventCpu = (process.Cpu - cpu).TotalMilliseconds / took.Count;
        var used = await Memory.OfAsync(process);
        var half = circuits.Take(circuits.Count / 2).ToList();
        var paused = 0;
        foreach (var circuit in half) { if (await circuit.PauseAsync()) { paused++; } await circuit.DisposeAsync(); }
        await Task.Delay(3000);
        var after = await Memory.OfAsync(process);
        foreach (var circuit in circuits.Skip(half.Count)) { await circuit.DisposeAsync(); }
        took.Sort();
        double Each(double from, double to, int count) => (to - from) / count / 1024;
        var each = Each(before.Live, used.Live, circuits.Count);
        return new(Each(before.Live, with.Live, circuits.Count), each, Each(before.Resident, used.Resident, circuits.Count), openCpu.TotalMilliseconds / circuits.Count, circuits.Count / opening.TotalSeconds,
            Spread.Percentile(took, 0.5), Spread.Percentile(took, 0.99), eventCpu, circuits.Average(c => c.Received) / 1024, paused == half.Count ? each - Each(after.Live, used.Live, half.Count) : null);
    }

    /// <summary>Opens pages, a few at a time.</summary>
    internal static async Task<List<Circuit>> OpenAsync(HttpClient client, string url, IReadOnlyList<string?> cookies, int count, int openers)
    {
        var (open, next) = (new List<Circuit>(), -1);
        await Task.WhenAll(Enumerable.Range(0, openers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var n && n < count)
            {
                var circuit = await Circuit.OpenAsync(client, url, cookies[n % cookies.Count]);
                lock (open) { open.Add(circuit); }
            }
        })));
        return open;
    }

    private static string Table(Outcome ours, Outcome theirs, IReadOnlyDictionary<string, int> sizes) => string.Create(CultureInfo.InvariantCulture, $"""
        {sizes["circuits"]} open pages each; {People} people share the dashboard's. An event is a move to another address of the dashboard (it is drawn anew) against a click on the counter. Memory after full collections.

        | | dashboard | hello | ratio | goal |
        |---|---|---|---|---|
        | live KB a circuit, just opened | {ours.Fresh:0} | {theirs.Fresh:0} | {ours.Fresh / theirs.Fresh:0.0} | |
        | **live KB a circuit, after {sizes["events"]} events** | **{ours.Live:0}** | **{theirs.Live:0}** | **{ours.Live / theirs.Live:0.0}** | <= 350 KB, <= 1.6 |
        | resident KB a circuit | {ours.Resident:0} | {theirs.Resident:0} | {ours.Resident / theirs.Resident:0.0} | |
        | live KB a paused circuit | {Text(ours.Paused)} | {Text(theirs.Paused)} | | <= 10 |
        | 10,000 open pages, GB (live) | {ours.Live * 10_000 / 1024 / 1024:0.0} | {theirs.Live * 10_000 / 1024 / 1024:0.0} | | <= 3.5 |
        | CPU ms to open a page (prerender and circuit) | {ours.OpenCpu:0.0} | {theirs.OpenCpu:0.0} | {ours.OpenCpu / theirs.OpenCpu:0.0} | |
        | pages opened a second | {ours.OpenRate:0.0} | {theirs.OpenRate:0.0} | | |
        | event p50, ms | {ours.Middle:0.0} | {theirs.Middle:0.0} | | |
        | event p99, ms | {ours.P99:0.0} | {theirs.P99:0.0} | **{ours.P99 / theirs.P99:0.0}** | <= 2 |
        | CPU ms an event | {ours.EventCpu:0.00} | {theirs.EventCpu:0.00} | | |
        | KB sent to a page | {ours.Sent:0} | {theirs.Sent:0} | | |
        """);

    private static string Text(double? number) => number is { } n ? n.ToString("0", CultureInfo.InvariantCulture) : "refused";

    private sealed record Outcome(double Fresh, double Live, double Resident, double OpenCpu, double OpenRate, double Middle, double P99, double EventCpu, double Sent, double? Paused);
}
