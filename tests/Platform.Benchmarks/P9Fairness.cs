using System.Globalization;
using Platform.Benchmarks.Running;

namespace Platform.Benchmarks;

/// <summary>One organization floods the agents' queue, the others want one run each: how long they wait in the product's queue, and in BullMQ's one queue (first in, first out) with as many slots.</summary>
internal sealed class P9Fairness : IBenchmark
{
    public string Id => "P9";

    public string Title => "fairness: one organization floods the queue";

    /// <summary><c>delay</c>: what a model takes, in milliseconds.</summary>
    public IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["noisy"] = 2000, ["quiet"] = 99, ["delay"] = 200, ["slots"] = 32 };

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        using var ours = Child.Self(Child.Measured, Roles.Jobs, Text(sizes["noisy"]), Text(sizes["quiet"]), Text(sizes["delay"]), Text(sizes["slots"]));
        var own = Parse(await ours.HearAsync("jobs ", 600));
        var cpu = ours.Cpu.TotalMilliseconds / (sizes["noisy"] + sizes["quiet"]);
        var (peer, name) = await BullMq.FindAsync();
        using (peer)
        {
            var theirs = peer is null ? null : Parse(await peer.FloodAsync(sizes["noisy"], sizes["quiet"], sizes["delay"], sizes["slots"]));
            return Table(own, theirs, name, cpu, sizes);
        }
    }

    private static string Table(Outcome ours, Outcome? theirs, string name, double cpu, IReadOnlyDictionary<string, int> sizes)
    {
        var jobs = sizes["noisy"] + sizes["quiet"];
        string Peer(Func<Outcome, double> number, string format) => theirs is null ? "absent" : number(theirs).ToString(format, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"""
            One organization with {sizes["noisy"]:N0} jobs in the queue, {sizes["quiet"]} with one each behind them; {sizes["delay"]} ms a job, {sizes["slots"]} slots. From the start of the workers. Ours is durable (SQLite, FULL), Redis is not.

            | | ours | {name}, one queue | ratio | goal |
            |---|---|---|---|---|
            | **the quiet ones wait, p99, ms** | **{ours.P99:0}** | **{Peer(o => o.P99, "0")}** | **{Peer(o => o.P99 / ours.P99, "0")} times less** | <= 1000, >= 50 |
            | longest, ms | {ours.Longest:0} | {Peer(o => o.Longest, "0")} | | |
            | all done after, s | {ours.Seconds:0.0} | {Peer(o => o.Seconds, "0.0")} | | |
            | jobs a second | {jobs / ours.Seconds:0} | {Peer(o => jobs / o.Seconds, "0")} | **{Peer(o => o.Seconds / ours.Seconds, "0.00")}** | >= 0.9 |
            | no queue could do more than, jobs a second | {sizes["slots"] * 1000.0 / sizes["delay"]:0} | | | |
            | CPU ms a job, enqueueing and start included | {cpu:0.0} | | | |
            """);
    }

    private static Outcome Parse(string said)
    {
        var numbers = said.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToList();
        return new(numbers[0], numbers[1], numbers[2]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Outcome(double P99, double Longest, double Seconds);
}
