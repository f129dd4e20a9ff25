using System.Globalization;
using Platform.Benchmarks.Running;

namespace Platform.Benchmarks;

/// <summary>Posts at random milliseconds, with many more waiting for another day: how late each goes out, beside BullMQ's delayed jobs at the same moments and the pace that other schedulers document.</summary>
internal sealed class P2Trickle : IBenchmark
{
    private const int Concurrency = 64;

    public string Id => "P2";

    public string Title => "on-time trickle: how late posts go out at random moments";

    public IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["rate"] = 20, ["seconds"] = 20, ["backlog"] = 20_000, ["seed"] = 1 };

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        using var sink = await Sink.StartAsync();
        using var product = await Installation.MakeAsync(sink, 200, sizes["backlog"], Concurrency);
        await product.StartWarmAsync(sink, 500);
        var ours = await OursAsync(sink, product, sizes);
        product.Kill();
        var (peer, name) = await BullMq.FindAsync();
        using (peer) { return Table(ours, peer is null ? null : await TheirsAsync(sink, peer, sizes), name, sizes); }
    }

    private static async Task<(Lateness Late, double Cpu)> OursAsync(Sink sink, Installation product, IReadOnlyDictionary<string, int> sizes)
    {
        await sink.ResetAsync(0);
        var due = product.Add(Moments(sizes, product.Lead(sizes["rate"] * sizes["seconds"])));
        var cpu = product.Cpu;
        await sink.WaitAsync(due.Count, "the product");
        return (new Lateness(await sink.ExactlyAsync(due.Keys, "the product"), due).NeverEarly("the product"), (product.Cpu - cpu).TotalMilliseconds / due.Count);
    }

    private static async Task<(Lateness Late, double Cpu)> TheirsAsync(Sink sink, BullMq peer, IReadOnlyDictionary<string, int> sizes)
    {
        await peer.StartWarmAsync(sink, 500, Concurrency);
        var later = DateTimeOffset.UtcNow.AddDays(30);
        await peer.AddAsync(Enumerable.Range(0, sizes["backlog"]).ToDictionary(n => $"later-{n}", n => later.AddSeconds(n)));
        await sink.ResetAsync(0);
        var due = Moments(sizes, TimeSpan.FromSeconds(7)).Select((at, n) => (Key: $"trickle-{n}", At: at)).ToDictionary(d => d.Key, d => d.At);
        await peer.AddAsync(due);
        var cpu = await peer.CpuAsync();
        await sink.WaitAsync(due.Count, "BullMQ");
        var used = await peer.CpuAsync() - cpu;
        var log = await sink.ExactlyAsync(due.Keys, "BullMQ");
        await peer.ClearAsync();
        return (new Lateness(log, due), used / due.Count);
    }

    // Whole milliseconds, as BullMQ knows no finer; the same distances for both.
    private static List<DateTimeOffset> Moments(IReadOnlyDictionary<string, int> sizes, TimeSpan lead)
    {
        var random = new Random(sizes["seed"]);
        var start = DateTimeOffset.FromUnixTimeMilliseconds((DateTimeOffset.UtcNow + lead).ToUnixTimeMilliseconds());
        return [.. Enumerable.Range(0, sizes["rate"] * sizes["seconds"]).Select(_ => start.AddMilliseconds(random.Next(sizes["seconds"] * 1000)))];
    }

    private static string Table((Lateness Late, double Cpu) ours, (Lateness Late, double Cpu)? theirs, string name, IReadOnlyDictionary<string, int> sizes)
    {
        string Peer(Func<Lateness, double> number, string format = "0.0") => theirs is { } t ? number(t.Late).ToString(format, CultureInfo.InvariantCulture) : "absent";
        string Share(double? ratio) => ratio is { } r ? r.ToString("0.00", CultureInfo.InvariantCulture) : "absent";
        return string.Create(CultureInfo.InvariantCulture, $"""
            {sizes["rate"]} posts a second at random moments for {sizes["seconds"]} s, {sizes["backlog"]:N0} future posts behind them, on both sides. unique = N, duplicates = 0, none early.

            | late, ms | ours | {name} | goal |
            |---|---|---|---|
            | p50 | {ours.Late.Middle:0.0} | {Peer(l => l.Middle)} | <= 5 |
            | p99 | {ours.Late.P99:0.0} | {Peer(l => l.P99)} | <= 25 |
            | max | {ours.Late.Last:0.0} | {Peer(l => l.Last)} | <= 100 |
            | first (negative would be early) | {ours.Late.First:0.0} | {Peer(l => l.First)} | >= 0 |
            | CPU ms a post (peer: with Redis) | {ours.Cpu:0.00} | {(theirs is { } t ? t.Cpu.ToString("0.00", CultureInfo.InvariantCulture) : "absent")} | |
            | **p99, ours / BullMQ** | **{Share(ours.Late.P99 / theirs?.Late.P99)}** | | <= 0.5 |
            | **Hangfire's documented 15 s / our p99** | **{15_000 / ours.Late.P99:0}** | | >= 600 |
            """);
    }
}
