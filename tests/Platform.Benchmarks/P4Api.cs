using System.Globalization;
using System.Text.Json;
using Platform.Benchmarks.Running;

namespace Platform.Benchmarks;

/// <summary>Authenticated requests of tenants inside a full store, against a Kestrel that says hello, and against bare group-committed inserts behind the same Kestrel.</summary>
internal sealed class P4Api : IBenchmark
{
    private const int People = 8, Drafts = 60;

    public string Id => "P4";

    public string Title => "API overhead: one post, a list of 50, a new post";

    public IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["users"] = 10_000, ["connections"] = 64, ["seconds"] = 3, ["rounds"] = 3 };

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        using var sink = await Sink.StartAsync();
        using var product = await Installation.MakeAsync(sink, sizes["users"], sizes["users"] * 2, 8);
        var url = await product.ServeAsync();
        using var hello = await HelloPeer.StartAsync();
        using var load = new HttpLoad();
        var people = new List<ApiPerson>();
        for (var n = 0; n < People; n++) { people.Add(await ApiPerson.JoinAsync(url, n, Drafts)); }
        var body = JsonSerializer.Serialize(new { text = BenchmarkPost.Sample });
        (string Name, double Goal, string Peer, List<string> Ours, List<string> Theirs)[] kinds =
        [
            ("GET one post", 0.50, "hello", [.. people.SelectMany(p => p.Posts.Take(20).Select(id => HttpLoad.Request("GET", $"/api/v1/content/{id}", p.Token)))], [HttpLoad.Request("GET", "/hello")]),
            ("GET list of 50", 0.20, "hello", [.. people.Select(p => HttpLoad.Request("GET", "/api/v1/content?limit=50", p.Token))], [HttpLoad.Request("GET", "/hello")]),
            ("POST a post", 0.80, "bare insert", [.. people.Select(p => HttpLoad.Request("POST", "/api/v1/content", p.Token, body))], [HttpLoad.Request("POST", "/insert", null, body)]),
        ];
        var table = new List<string> { "| | ours a second | peer a second | ratio | goal | p99 ms, ours / peer | CPU us a request, ours / peer | ratio of CPU |", "|---|---|---|---|---|---|---|---|" };
        foreach (var kind in kinds)
        {
            foreach (var warm in new[] { (url, kind.Ours), (hello.Url, kind.Theirs) }) { await load.RunAsync(warm.Item1, warm.Item2, sizes["connections"], 2); }
            var pairs = new List<(Side Ours, Side Theirs)>();
            for (var i = 0; i < sizes["rounds"]; i++) { pairs.Add((await SideAsync(load, product.Process, url, kind.Ours, sizes), await SideAsync(load, hello.Process, hello.Url, kind.Theirs, sizes))); }
            string Of(Func<(Side Ours, Side Theirs), double> number, string format) => Spread.Text([.. pairs.Select(number)], format);
            table.Add(string.Create(CultureInfo.InvariantCulture, $"| {kind.Name} / {kind.Peer} | {Of(p => p.Ours.Load.Rate, "0")} | {Of(p => p.Theirs.Load.Rate, "0")} | **{Of(p => p.Ours.Load.Rate / p.Theirs.Load.Rate, "0.00")}** | >= {kind.Goal:0.00} | {Of(p => p.Ours.Load.P99, "0")} / {Of(p => p.Theirs.Load.P99, "0")} | {Of(p => p.Ours.Cpu, "0")} / {Of(p => p.Theirs.Cpu, "0")} | {Of(p => p.Ours.Cpu / p.Theirs.Cpu, "0.0")} |"));
        }
        return string.Create(CultureInfo.InvariantCulture, $"{sizes["users"]:N0} tenants and {sizes["users"] * 2:N0} posts in the store, {People} signed-in people, {sizes["connections"]} connections, {sizes["rounds"]} pairs of {sizes["seconds"]} s; every answer 2xx. p99 goal: at most 3 times hello's.\n\n") + string.Join('\n', table);
    }

    private static async Task<Side> SideAsync(HttpLoad load, Child process, string url, List<string> requests, IReadOnlyDictionary<string, int> sizes)
    {
        var cpu = process.Cpu;
        var result = await load.RunAsync(url, requests, sizes["connections"], sizes["seconds"]);
        return new(result, (process.Cpu - cpu).TotalMicroseconds / result.Count);
    }

    private sealed record Side(LoadResult Load, double Cpu);
}
