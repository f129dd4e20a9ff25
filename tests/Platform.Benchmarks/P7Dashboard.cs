using System.Globalization;
using System.Text;
using Platform.Benchmarks.Running;

namespace Platform.Benchmarks;

/// <summary>The signed-in dashboard as it comes over the wire, against as many bytes from Kestrel without work; then in a cold Chromium.</summary>
internal sealed class P7Dashboard : IBenchmark
{
    public string Id => "P7";

    public string Title => "dashboard: first byte, largest paint";

    public IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["connections"] = 32, ["seconds"] = 4, ["rounds"] = 3, ["posts"] = 30, ["loads"] = 3 };

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        using var sink = await Sink.StartAsync();
        using var product = await Installation.MakeAsync(sink, 200, 0, 8);
        var url = await product.ServeAsync();
        using var hello = await HelloPeer.StartAsync();
        using var load = new HttpLoad();
        var people = new List<ApiPerson>();
        for (var n = 0; n < 8; n++) { people.Add(await ApiPerson.JoinAsync(url, n, sizes["posts"])); }
        var bytes = await SizeAsync(url, people[0].Cookie);
        List<string> ours = [.. people.Select(p => HttpLoad.Request("GET", "/", cookie: p.Cookie))], theirs = [HttpLoad.Request("GET", $"/bytes?n={bytes}")];
        await load.RunAsync(url, ours, sizes["connections"], 4);
        await load.RunAsync(hello.Url, theirs, sizes["connections"], 2);
        var pairs = new List<(LoadResult Ours, LoadResult Theirs, double Cpu)>();
        for (var i = 0; i < sizes["rounds"]; i++)
        {
            var cpu = product.Cpu;
            var mine = await load.RunAsync(url, ours, sizes["connections"], sizes["seconds"]);
            var used = (product.Cpu - cpu).TotalMilliseconds / mine.Count;
            pairs.Add((mine, await load.RunAsync(hello.Url, theirs, sizes["connections"], sizes["seconds"]), used));
        }
        return Table(pairs, bytes, sizes) + await BrowserAsync(url, people[0].Cookie, sizes["loads"]);
    }

    private static async Task<int> SizeAsync(string url, string cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, url + "/");
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Accept", "text/html");
        using var answer = await client.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
    }

    private static string Table(List<(LoadResult Ours, LoadResult Theirs, double Cpu)> pairs, int bytes, IReadOnlyDictionary<string, int> sizes)
    {
        string Of(Func<(LoadResult Ours, LoadResult Theirs, double Cpu), double> number, string format = "0.0") => Spread.Text([.. pairs.Select(number)], format);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {bytes / 1024.0:0} KB a page, {sizes["posts"]} drafts a tenant, {sizes["connections"]} connections, {sizes["rounds"]} pairs of {sizes["seconds"]} s. Times until the whole page came, which is later than its first byte.

            | | ours | {bytes / 1024.0:0} KB from Kestrel | ratio | goal |
            |---|---|---|---|---|
            | p50, ms | {Of(p => p.Ours.Middle)} | {Of(p => p.Theirs.Middle)} | **{Of(p => p.Ours.Middle / p.Theirs.Middle)}** | <= 3 |
            | p99, ms | {Of(p => p.Ours.P99)} | {Of(p => p.Theirs.P99)} | **{Of(p => p.Ours.P99 / p.Theirs.P99)}** | <= 6 |
            | pages a second | {Of(p => p.Ours.Rate, "0")} | {Of(p => p.Theirs.Rate, "0")} | {Of(p => p.Ours.Rate / p.Theirs.Rate, "0.000")} | |
            | CPU ms a page | {Of(p => p.Cpu, "0.00")} | | | |

            """);
    }

    private static async Task<string> BrowserAsync(string url, string cookie, int loads)
    {
        if (Chromium.Program is null) { return "\nChromium: absent."; }
        var text = new StringBuilder("\n| cold Chromium, nothing cached | LCP ms | first byte ms | CLS | goal |\n|---|---|---|---|---|\n");
        foreach (var slower in new[] { 1, 4 })
        {
            var all = new List<Painted>();
            for (var i = 0; i < loads; i++) { all.Add(await Chromium.LoadAsync(url, cookie, slower)); }
            text.AppendLine(CultureInfo.InvariantCulture, $"| {(slower == 1 ? "full speed" : $"processor {slower} times slower")} | **{Spread.Text([.. all.Select(p => p.Largest)], "0")}** | {Spread.Text([.. all.Select(p => p.FirstByte)], "0")} | {Spread.Text([.. all.Select(p => p.Shift)], "0.000")} | LCP <= {(slower == 1 ? 1000 : 2000)}, CLS <= 0.02 |");
        }
        return text.ToString();
    }
}
