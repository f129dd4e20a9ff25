using System.Globalization;
using Platform.Benchmarks.Running;
using Platform.Features.Publishing.Contracts;

namespace Platform.Benchmarks;

/// <summary>
/// Posts of 200 tenants that are all due in one instant: the product's own process (intent durable before each call, result after), BullMQ with the same
/// number of calls at once, and a bare C# loop that sends the same calls from memory. Each on one processor, sink and feeders on the other.
/// </summary>
internal sealed class P1Burst : IBenchmark
{
    private const int Tenants = 200;

    public string Id => "P1";

    public string Title => "09:00 burst: posts that are all due in one instant";

    public IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["posts"] = 5000, ["pairs"] = 3, ["delay"] = 0, ["future"] = 0, ["calls"] = 64 };

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        var (posts, delay, calls) = (sizes["posts"], sizes["delay"], sizes["calls"]);
        using var sink = await Sink.StartAsync();
        using var product = await Installation.MakeAsync(sink, Tenants, sizes["future"], calls);
        using var raw = Child.Self(Child.Measured, Roles.Raw, sink.Url);
        var (peer, name) = await BullMq.FindAsync();
        using (peer)
        {
            await product.StartWarmAsync(sink, 1000);
            await LoopAsync(sink, raw, 1000, 0, calls);
            if (peer is not null) { await peer.StartWarmAsync(sink, 1000, calls); }
            var pairs = new List<Pair>();
            for (var i = 0; i < sizes["pairs"]; i++)
            {
                var limit = await LoopAsync(sink, raw, posts, delay, calls);
                var ours = await OursAsync(sink, product, posts, delay);
                pairs.Add(new(limit, ours, peer is null ? null : await TheirsAsync(sink, peer, posts, delay)));
            }
            if (peer is not null) { await peer.ClearAsync(); }
            return Table(pairs, name, sizes);
        }
    }

    private static async Task<double> LoopAsync(Sink sink, Child raw, int posts, int delay, int calls)
    {
        await sink.ResetAsync(delay);
        raw.Say($"{posts} {calls}");
        return double.Parse(await raw.HearAsync("rate "), CultureInfo.InvariantCulture);
    }

    private static async Task<Burst> OursAsync(Sink sink, Installation product, int posts, int delay)
    {
        await sink.ResetAsync(delay);
        var instant = DateTimeOffset.UtcNow + product.Lead(posts);
        var due = product.Add([.. Enumerable.Repeat(instant, posts)]);
        if (DateTimeOffset.UtcNow > instant.AddSeconds(-5.2)) { throw new InvalidOperationException("the machine took too long to store the posts: the lead was too short"); }
        var cpu = product.Cpu;
        await sink.WaitAsync(posts, "the product");
        var used = product.Cpu - cpu;
        var log = await sink.ExactlyAsync(due.Keys, "the product");
        var settled = await SettledAsync(product, instant);
        await product.Posts.ToldAsync();
        var told = (DateTimeOffset.UtcNow - instant).TotalSeconds;
        return new(posts / (log.Max(a => a.Accepted) - instant).TotalSeconds, new Lateness(log, due).NeverEarly("the product"), used.TotalMilliseconds / posts, settled, told, Breakdown.Of(product.Posts.Read(), log));
    }

    private static async Task<double> SettledAsync(Installation product, DateTimeOffset instant)
    {
        while (product.Posts.States().Keys.Any(s => s != PublicationState.Published)) { await Task.Delay(20); }
        return (DateTimeOffset.UtcNow - instant).TotalSeconds;
    }

    private static async Task<Burst> TheirsAsync(Sink sink, BullMq peer, int posts, int delay)
    {
        await sink.ResetAsync(delay);
        var instant = DateTimeOffset.UtcNow.AddSeconds(5 + (posts / 2000.0));
        var due = Enumerable.Range(0, posts).ToDictionary(n => $"{instant.Ticks}-{n}", _ => instant);
        await peer.AddAsync(due);
        if (DateTimeOffset.UtcNow > instant) { throw new InvalidOperationException("the machine took too long to add the peer's jobs: the lead was too short"); }
        var cpu = await peer.CpuAsync();
        await sink.WaitAsync(posts, "BullMQ");
        await peer.IdleAsync();
        var used = await peer.CpuAsync() - cpu;
        var log = await sink.ExactlyAsync(due.Keys, "BullMQ");
        return new(posts / (log.Max(a => a.Accepted) - instant).TotalSeconds, new Lateness(log, due), used / posts, 0, 0, null);
    }

    private static string Table(List<Pair> all, string name, IReadOnlyDictionary<string, int> sizes)
    {
        // A pair whose control ran at another speed than the others' says more about the machine than about us. Where most are so, all are shown, and it is said.
        var usual = Spread.Median(all.Select(p => p.Raw));
        var good = all.Where(p => p.Raw / usual is > 1 / 1.5 and < 1.5).ToList();
        var pairs = good.Count * 2 > all.Count ? good : all;
        string Of(Func<Pair, double?> number, string format = "0") => pairs.All(p => number(p) is not null) ? Spread.Text([.. pairs.Select(p => number(p)!.Value)], format) : "absent";
        var parts = pairs.Select(p => p.Ours.Parts!).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"""
            {sizes["posts"]:N0} posts of {Tenants} tenants, {sizes["calls"]} calls at once, sink {sizes["delay"]} ms, {sizes["future"]:N0} future posts; {all.Count} pairs, of which {all.Count - good.Count} void{(pairs == all && good.Count < all.Count ? " (too many: all are shown)" : "")}. Every run: unique = N, duplicates = 0, none early.

            | median (min..max) | ours | {name} | raw C# loop |
            |---|---|---|---|
            | posts/s | {Of(p => p.Ours.Rate)} | {Of(p => p.Theirs?.Rate)} | {Of(p => p.Raw)} |
            | first late, ms | {Of(p => p.Ours.Late.First, "0.0")} | {Of(p => p.Theirs?.Late.First, "0.0")} | |
            | p50 late, ms | {Of(p => p.Ours.Late.Middle)} | {Of(p => p.Theirs?.Late.Middle)} | |
            | p99 late, ms | {Of(p => p.Ours.Late.P99)} | {Of(p => p.Theirs?.Late.P99)} | |
            | max late, ms | {Of(p => p.Ours.Late.Last)} | {Of(p => p.Theirs?.Late.Last)} | |
            | CPU ms a post (peer: with Redis) | {Of(p => p.Ours.Cpu, "0.00")} | {Of(p => p.Theirs?.Cpu, "0.00")} | |
            | all results stored after, s | {Of(p => p.Ours.Settled, "0.0")} | | |
            | all other features told after, s | {Of(p => p.Ours.Told, "0.0")} | | |

            | ratio | median (min..max) | goal |
            |---|---|---|
            | **posts/s, ours / BullMQ** | **{Of(p => p.Ours.Rate / p.Theirs?.Rate, "0.00")}** | >= 3 |
            | **posts/s, ours / raw loop** | **{Of(p => p.Ours.Rate / p.Raw, "0.00")}** | >= 0.75 |
            | **p99 late, ours / BullMQ** | **{Of(p => p.Ours.Late.P99 / p.Theirs?.Late.P99, "0.00")}** | <= 0.33 |
            | first late, ms | {Of(p => p.Ours.Late.First, "0.0")} | <= 20 |

            Where one post's time goes once its turn has come, medians: intent durable and call begun {Spread.Median(parts.Select(p => p.Intent)):0.0} ms, call answered {Spread.Median(parts.Select(p => p.Call)):0.0} ms; up to its turn it waits {Spread.Median(parts.Select(p => p.Turn)):0} ms.
            """);
    }

    private sealed record Burst(double Rate, Lateness Late, double Cpu, double Settled, double Told, Breakdown? Parts);

    private sealed record Pair(double Raw, Burst Ours, Burst? Theirs);
}
