using System.Diagnostics;
using System.Globalization;
using Platform.Benchmarks.Running;
using Platform.Benchmarks.Running.Circuits;

namespace Platform.Benchmarks;

/// <summary>
/// The 10,000-user model, scaled: open pages, API and dispatcher, first each alone (what one costs), then together (what they do to each other). From the
/// constants follows what a copy holds.
/// </summary>
internal sealed class Capacity : IBenchmark
{
    // The model of RELIABILITY B, a person: 5 posts a day on 3 channels, a tenth of the posts on one instant; a tenth of the people online, an event every 10 s, a page opened every 5 minutes; 100 API requests a day of 10 hours, for those with integrations and apps.
    private const double PublishesPerPersonDay = 15, ShareAtNine = 0.1, Online = 0.1, EventsPerPage = 0.1, OpensPerPage = 1 / 300.0, RequestsPerPersonSecond = 100 / 36_000.0;
    private const int Model = 10_000, People = 4;

    public string Id => "capacity";

    public string Title => "the 10,000-user model, scaled: pages, API and dispatcher together";

    /// <summary><c>users</c>: how many people the load is of; <c>seconds</c>: of each part.</summary>
    public IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["users"] = 500, ["seconds"] = 15 };

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        var (users, seconds) = (sizes["users"], sizes["seconds"]);
        using var sink = await Sink.StartAsync();
        using var product = await Installation.MakeAsync(sink, users, users * 10, 64);
        var url = await product.ServeAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(2) };
        var people = new List<ApiPerson>();
        for (var n = 0; n < People; n++) { people.Add(await ApiPerson.JoinAsync(url, n, 30)); }
        List<string?> cookies = [.. people.Select(p => p.Cookie)];
        var load = new Load(client, url, people);
        await WarmAsync(load, sink, product, cookies);
        var constants = await AloneAsync(load, sink, product, cookies, users, seconds);
        var together = await TogetherAsync(load, sink, product, constants.Pages, users, seconds);
        foreach (var page in constants.Pages) { await page.DisposeAsync(); }
        return Table(constants, together, users, seconds);
    }

    private static async Task WarmAsync(Load load, Sink sink, Installation product, List<string?> cookies)
    {
        await sink.ResetAsync(0);
        product.Add([.. Enumerable.Repeat(DateTimeOffset.UtcNow, 500)]);
        await load.ApiAsync(40, 5);
        foreach (var page in await P8Circuits.OpenAsync(load.Client, load.Url, cookies, 10, 4)) { await page.GoAsync(load.Url + "/?warm"); await page.DisposeAsync(); }
        await sink.WaitAsync(500, "the product's warm-up");
        await product.Posts.ToldAsync();
    }

    private static async Task<Constants> AloneAsync(Load load, Sink sink, Installation product, List<string?> cookies, int users, int seconds)
    {
        async Task<double> EachAsync(Func<Task<int>> work)
        {
            // What the process does besides is in it: an upper bound.
            var before = product.Cpu;
            var count = await work();
            return (product.Cpu - before).TotalMilliseconds / count;
        }
        var request = await EachAsync(async () => (await load.ApiAsync(150, seconds)).Count);
        await sink.ResetAsync(0);
        var publish = await EachAsync(async () =>
        {
            var due = product.Add([.. Enumerable.Repeat(DateTimeOffset.UtcNow.AddSeconds(1), users)]);
            await sink.WaitAsync(due.Count, "the product");
            await sink.ExactlyAsync(due.Keys, "the product");
            await product.Posts.ToldAsync();
            return due.Count;
        });
        var before = await Memory.OfAsync(product.Process);
        List<Circuit> pages = [];
        var open = await EachAsync(async () => (pages = await P8Circuits.OpenAsync(load.Client, load.Url, cookies, Math.Max(10, (int)(users * Online)), 4)).Count);
        var events = await EachAsync(async () => (await Load.PagesAsync(pages, load.Url, Math.Max(20, pages.Count * EventsPerPage), seconds)).Count);
        var after = await Memory.OfAsync(product.Process);
        await Task.Delay(5000);
        var cpu = product.Cpu;
        await Task.Delay(seconds * 1000);
        var idle = (product.Cpu - cpu).TotalSeconds / seconds;
        return new(idle, request, publish, open, events, (after.Live - before.Live) / pages.Count / 1024, (after.Resident - before.Resident) / pages.Count / 1024, before.Resident / 1024 / 1024, pages);
    }

    private static async Task<Together> TogetherAsync(Load load, Sink sink, Installation product, List<Circuit> pages, int users, int seconds)
    {
        await sink.ResetAsync(0);
        var nine = DateTimeOffset.UtcNow + product.Lead((int)(users * PublishesPerPersonDay * ShareAtNine)) + TimeSpan.FromSeconds(2);
        var trickle = Enumerable.Range(0, Math.Max(2, (int)(users * PublishesPerPersonDay / 86_400 * seconds))).Select(n => nine.AddMilliseconds(Random.Shared.Next(seconds * 1000)));
        var due = product.Add([.. Enumerable.Repeat(nine, (int)(users * PublishesPerPersonDay * ShareAtNine)), .. trickle]);
        await Task.Delay(nine - DateTimeOffset.UtcNow - TimeSpan.FromSeconds(2) is { Ticks: > 0 } wait ? wait : TimeSpan.Zero);
        var (cpu, watch) = (product.Cpu, Stopwatch.StartNew());
        var api = load.ApiAsync(Math.Max(1, users * RequestsPerPersonSecond), seconds);
        var events = Load.PagesAsync(pages, load.Url, Math.Max(1, pages.Count * EventsPerPage), seconds);
        var (requests, drawn) = (await api, await events);
        await sink.WaitAsync(due.Count, "the product");
        var used = (product.Cpu - cpu).TotalSeconds / watch.Elapsed.TotalSeconds;
        var late = new Lateness(await sink.ExactlyAsync(due.Keys, "the product"), due).NeverEarly("the product");
        return new(used, due.Count, late, Spread.Percentile(requests, 0.5), Spread.Percentile(requests, 0.99), Spread.Percentile(drawn, 0.5), Spread.Percentile(drawn, 0.99));
    }

    private static string Table(Constants c, Together t, int users, int seconds)
    {
        const double online = Model * Online;
        double Cores(double people) => c.Idle + (((people * RequestsPerPersonSecond * c.Request) + (people * PublishesPerPersonDay / 86_400 * c.Publish) + (people * Online * ((EventsPerPage * c.Event) + (OpensPerPage * c.Open)))) / 1000);
        var perPerson = (Cores(Model) - c.Idle) / Model;
        return string.Create(CultureInfo.InvariantCulture, $"""
            One copy on the embedded store, {users:N0} people's load, {seconds} s a part, {c.Pages.Count} open pages.

            | constant | measured |
            |---|---|
            | nobody does anything, pages open, share of a processor | {c.Idle:0.000} |
            | CPU ms an API request (3 of 4 read one post, 1 a list of 25) | {c.Request:0.00} |
            | CPU ms a publish, all that follows included | {c.Publish:0.00} |
            | CPU ms to open a page | {c.Open:0.0} |
            | CPU ms an event on a page (the dashboard drawn anew) | {c.Event:0.0} |
            | KB an open page, live / resident | {c.Live:0} / {c.Resident:0} |
            | MB without pages | {c.Base:0} |

            | together, {users:N0} people's share of the model | p50 | p99 |
            |---|---|---|
            | API request, ms | {t.ApiMiddle:0} | {t.ApiP99:0} |
            | event, ms | {t.EventMiddle:0} | {t.EventP99:0} |
            | {t.Posts:N0} posts, late by, ms | {t.Late.Middle:0} | {t.Late.P99:0} |
            | processors used | {t.Cpu:0.00} | |

            | {Model:N0} people ({online:N0} pages open, {Model * RequestsPerPersonSecond:0} requests a second, {Model * PublishesPerPersonDay:N0} publishes a day) | computed from the constants |
            |---|---|
            | processors of steady work | {Cores(Model):0.0} |
            | 09:00:00: {Model * PublishesPerPersonDay * ShareAtNine:N0} posts at once, on one processor, s | {Model * PublishesPerPersonDay * ShareAtNine * c.Publish / 1000:0} |
            | memory of all copies, GB (base of one copy and resident pages) | {(c.Base + (online * Math.Max(c.Resident, c.Live) / 1024)) / 1024:0.0} |
            | people a processor holds at 60 % | {0.6 / perPerson:N0} |
            """);
    }

    private sealed record Constants(double Idle, double Request, double Publish, double Open, double Event, double Live, double Resident, double Base, List<Circuit> Pages);

    private sealed record Together(double Cpu, int Posts, Lateness Late, double ApiMiddle, double ApiP99, double EventMiddle, double EventP99);
}
