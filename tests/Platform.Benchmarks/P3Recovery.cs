using System.Diagnostics;
using System.Globalization;
using Platform.Benchmarks.Running;
using Platform.Features.Publishing.Contracts;

namespace Platform.Benchmarks;

/// <summary>A process killed in the middle of a burst and started again at once: how long until all is settled or says that it needs a look, and how many posts went out twice.</summary>
internal sealed class P3Recovery : IBenchmark
{
    private const int Concurrency = 50;
    private static readonly PublicationState[] Open = [PublicationState.Scheduled, PublicationState.Publishing];

    public string Id => "P3";

    public string Title => "recovery from kill -9 in a burst";

    /// <summary><c>peerlock</c>: the peer's lock and stall check in milliseconds; 0 for its defaults (30 s each), which takes a minute more.</summary>
    public IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["posts"] = 500, ["delay"] = 200, ["kill"] = 1600, ["backlog"] = 0, ["peerlock"] = 5000 };

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        using var sink = await Sink.StartAsync();
        var ours = await OursAsync(sink, sizes);
        var (peer, name) = await BullMq.FindAsync();
        using (peer) { return Table(ours, peer is null ? null : await TheirsAsync(sink, peer, sizes), name, sizes); }
    }

    private static async Task<Outcome> OursAsync(Sink sink, IReadOnlyDictionary<string, int> sizes)
    {
        using var product = await Installation.MakeAsync(sink, 200, sizes["backlog"], Concurrency);
        await product.StartWarmAsync(sink, 200);
        await sink.ResetAsync(sizes["delay"]);
        var instant = DateTimeOffset.UtcNow + product.Lead(sizes["posts"]);
        var due = product.Add([.. Enumerable.Repeat(instant, sizes["posts"])]);
        await Task.Delay(instant.AddMilliseconds(sizes["kill"]) - DateTimeOffset.UtcNow);
        product.Kill();
        var inFlight = product.Posts.Read().Count(r => r.Publication.IsSending);
        var (watch, restart) = (Stopwatch.StartNew(), DateTimeOffset.UtcNow);
        product.Start();
        await UntilAsync(product, s => !Open.Contains(s));
        var settled = watch.Elapsed.TotalSeconds;
        var needsLook = product.Posts.States().GetValueOrDefault(PublicationState.Unconfirmed);
        await UntilAsync(product, s => s == PublicationState.Published);
        var all = watch.Elapsed.TotalSeconds;
        return new(inFlight, await ResumedAsync(sink, restart, sizes), settled, needsLook, all, Duplicates(await sink.LogAsync(), due.Keys, "the product", allowed: 0));
    }

    private static async Task<Outcome> TheirsAsync(Sink sink, BullMq peer, IReadOnlyDictionary<string, int> sizes)
    {
        await peer.StartWarmAsync(sink, 200, Concurrency, sizes["peerlock"]);
        await sink.ResetAsync(sizes["delay"]);
        var instant = DateTimeOffset.UtcNow.AddSeconds(4);
        var due = Enumerable.Range(0, sizes["posts"]).ToDictionary(n => $"kill-{n}", _ => instant);
        await peer.AddAsync(due);
        await Task.Delay(instant.AddMilliseconds(sizes["kill"]) - DateTimeOffset.UtcNow);
        peer.Kill();
        var (watch, restart) = (Stopwatch.StartNew(), DateTimeOffset.UtcNow);
        await peer.StartAsync(sink, Concurrency, sizes["peerlock"]);
        await sink.WaitAsync(due.Count, "BullMQ", 120);
        await peer.IdleAsync();
        var settled = watch.Elapsed.TotalSeconds;
        var log = await sink.LogAsync();
        var inFlight = log.Count(a => a.Arrived < restart && a.Accepted > restart);
        await peer.ClearAsync();
        return new(inFlight, await ResumedAsync(sink, restart, sizes), settled, 0, settled, Duplicates(log, due.Keys, "BullMQ", allowed: due.Count));
    }

    private static async Task UntilAsync(Installation product, Func<PublicationState, bool> state)
    {
        var watch = Stopwatch.StartNew();
        while (!product.Posts.States().Keys.All(state))
        {
            if (watch.Elapsed.TotalSeconds > 120) { throw new InvalidOperationException($"after two minutes: {string.Join(", ", product.Posts.States().Select(s => $"{s.Value} {s.Key}"))}"); }
            await Task.Delay(25);
        }
    }

    // Untouched posts resume with the first call that came after the start, past what was still on its way when the process died.
    private static async Task<double?> ResumedAsync(Sink sink, DateTimeOffset restart, IReadOnlyDictionary<string, int> sizes) =>
        (await sink.LogAsync()).Where(a => a.Arrived > restart.AddMilliseconds(20)).Select(a => (double?)(a.Arrived - restart).TotalSeconds).Min();

    private static int Duplicates(IReadOnlyList<Arrival> log, IReadOnlyCollection<string> keys, string who, int allowed)
    {
        var unique = log.Select(a => a.Key).ToHashSet();
        return unique.SetEquals(keys) && log.Count - unique.Count <= allowed ? log.Count - unique.Count
            : throw new InvalidOperationException($"{who}: {keys.Count} were due, {unique.Count} came, {log.Count - unique.Count} twice");
    }

    private static string Table(Outcome ours, Outcome? theirs, string name, IReadOnlyDictionary<string, int> sizes)
    {
        string Peer(Func<Outcome, double?> number, string format = "0.0") => theirs is null ? "absent" : number(theirs)?.ToString(format, CultureInfo.InvariantCulture) ?? "nothing was left";
        var tuning = sizes["peerlock"] == 0 ? "defaults" : $"locks and stall checks of {sizes["peerlock"] / 1000.0:0.#} s";
        return string.Create(CultureInfo.InvariantCulture, $"""
            {sizes["posts"]} posts due at once, sink {sizes["delay"]} ms, {Concurrency} calls at once, SIGKILL {sizes["kill"]} ms after the moment, started again at once; {sizes["backlog"]:N0} future posts. Times from the start of the new process, its own start within them. All posts came; the sink takes a repeated key as a new post.

            | | ours | {name}, {tuning} | goal |
            |---|---|---|---|
            | in flight when killed | {ours.InFlight} | {Peer(o => o.InFlight, "0")} | |
            | **published twice** | **{ours.Duplicates}** | **{Peer(o => o.Duplicates, "0")}** | 0 |
            | untouched posts resume after, s | {ours.Resumed?.ToString("0.0", CultureInfo.InvariantCulture) ?? "nothing was left"} | {Peer(o => o.Resumed)} | <= 1 |
            | **all settled or shown as "needs check" after, s** | **{ours.Settled:0.0}** | **{Peer(o => o.Settled)}** | <= 3 |
            | of these shown as "needs check" then | {ours.NeedsLook} | | |
            | all known to be published after, s | {ours.Known:0.0} | {Peer(o => o.Known)} | |
            """);
    }

    private sealed record Outcome(int InFlight, double? Resumed, double Settled, int NeedsLook, double Known, int Duplicates);
}
