using System.Diagnostics;
using System.Globalization;
using Platform.Benchmarks.Running;

namespace Platform.Benchmarks;

/// <summary>From the start of the program to the first post; what it takes when nothing is due; and two copies on one set of posts against one.</summary>
internal sealed class P10Idle : IBenchmark
{
    public string Id => "P10";

    public string Title => "cold start, idle, two copies";

    /// <summary><c>due</c>: posts of the run with two copies, which needs MONGODB_URI; <c>lead</c>: seconds to copy them there and start.</summary>
    public IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["backlog"] = 100_000, ["starts"] = 3, ["idle"] = 20, ["due"] = 600, ["lead"] = 60 };

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        using var sink = await Sink.StartAsync();
        var starts = new List<(double Ours, double Hello)>();
        Idle? idle = null;
        using (var product = await Installation.MakeAsync(sink, 200, sizes["backlog"], 8))
        {
            for (var i = 0; i < sizes["starts"]; i++)
            {
                starts.Add((await FirstPostAsync(sink, product), await FirstAnswerAsync()));
                if (i < sizes["starts"] - 1) { product.Kill(); }
            }
            idle = await RestAsync(sink, product, sizes["idle"]);
        }
        var small = await SmallAsync(sink);
        var table = Table(starts, small, idle, sizes);
        return sizes["due"] == 0 ? table : $"{table}\n\n{await TwoCopies.RunAsync(sink, sizes["due"], sizes["lead"])}";
    }

    private static async Task<double> FirstPostAsync(Sink sink, Installation product)
    {
        await sink.ResetAsync(0);
        product.Add([DateTimeOffset.UtcNow]);
        var start = DateTimeOffset.UtcNow;
        product.With(Memory.Hook.Key, Memory.Hook.Value).Start();
        await sink.WaitAsync(1, "the product", 120);
        return ((await sink.LogAsync())[0].Arrived - start).TotalMilliseconds;
    }

    // The same without a backlog: its ratio says whether the start looks at all that waits.
    private static async Task<double> SmallAsync(Sink sink)
    {
        using var product = await Installation.MakeAsync(sink, 200, 0, 8);
        await FirstPostAsync(sink, product);
        product.Kill();
        return await FirstPostAsync(sink, product);
    }

    private static async Task<double> FirstAnswerAsync()
    {
        var watch = Stopwatch.StartNew();
        using var hello = await HelloPeer.StartAsync();
        await Machine.AnswersAsync($"{hello.Url}/hello", () => hello.Process.Output);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<Idle> RestAsync(Sink sink, Installation product, int seconds)
    {
        using var hello = await HelloPeer.StartAsync();
        await Machine.AnswersAsync($"{hello.Url}/hello", () => hello.Process.Output);
        await Task.Delay(15_000); // what follows a start is not idling
        var (cpu, theirs) = (product.Cpu, hello.Process.Cpu);
        await Task.Delay(seconds * 1000);
        var (ours, plain) = ((product.Cpu - cpu).TotalSeconds / seconds * 100, (hello.Process.Cpu - theirs).TotalSeconds / seconds * 100);
        var resident = product.Process.Resident;
        var (live, helloLive, helloResident) = ((await Memory.OfAsync(product.Process)).Live, (await Memory.OfAsync(hello.Process)).Live, hello.Process.Resident);
        var (peer, _) = await BullMq.FindAsync();
        using (peer)
        {
            (double Cpu, double Resident)? bull = peer is null ? null : await peer.IdleWorkerAsync(sink, seconds);
            if (peer is not null) { await peer.ClearAsync(); }
            return new(ours, plain, bull?.Cpu, resident, helloResident, bull?.Resident, live, helloLive);
        }
    }

    private static string Table(List<(double Ours, double Hello)> starts, double small, Idle idle, IReadOnlyDictionary<string, int> sizes)
    {
        string Of(Func<(double Ours, double Hello), double> number, string format) => Spread.Text([.. starts.Select(number)], format);
        string Peer(double? number, string format) => number is { } n ? n.ToString(format, CultureInfo.InvariantCulture) : "absent";
        const double Mega = 1024 * 1024;
        return string.Create(CultureInfo.InvariantCulture, $"""
            {sizes["backlog"]:N0} scheduled posts behind; {sizes["starts"]} starts; idle for {sizes["idle"]} s, 15 s after the start.

            | | ours | hello | BullMQ worker (and Redis) | ratio | goal |
            |---|---|---|---|---|---|
            | start of the program to first post out / first answer, ms | {Of(s => s.Ours, "0")} | {Of(s => s.Hello, "0")} | | **{Of(s => s.Ours / s.Hello, "0.0")}** | <= 3 |
            | the same without a backlog, ms | {small:0} | | | {Spread.Median(starts.Select(s => s.Ours)) / small:0.00} of it with | no scan |
            | idle, % of one processor | {idle.Ours:0.00} | {idle.Hello:0.00} | {Peer(idle.Bull, "0.00")} | **{Peer(idle.Ours / idle.Bull, "0.0")}** of BullMQ | <= 0.5 % and <= BullMQ |
            | working set, MB | {idle.Resident / Mega:0} | {idle.HelloResident / Mega:0} | {Peer(idle.BullResident / Mega, "0")} | **{idle.Resident / idle.HelloResident:0.0}** of hello | <= 2 |
            | live objects, MB | {idle.Live / Mega:0} | {idle.HelloLive / Mega:0} | | {idle.Live / idle.HelloLive:0.0} | |
            """);
    }

    private sealed record Idle(double Ours, double Hello, double? Bull, double Resident, double HelloResident, double? BullResident, double Live, double HelloLive);
}
