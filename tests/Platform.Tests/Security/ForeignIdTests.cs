using System.Diagnostics;
using System.Text.RegularExpressions;
using Platform.Primitives;

namespace Platform.Tests.Security;

/// <summary>S16: an id of another organization and an id that nothing has cannot be told apart, by status, body, headers or time.</summary>
[Collection(SecurityCollection.Name)]
public sealed partial class ForeignIdTests(SecurityWorld world, ITestOutputHelper output)
{
    private const int Samples = 15;
    private const double Widest = 4;

    [Fact]
    public async Task S16_foreign_and_absent_ids_answer_alike()
    {
        var checks = new Checks("S16", output);
        var theirs = world.Rows.Read(world.Victim.OrganizationId).GroupBy(r => r.Collection).ToDictionary(g => g.Key, g => g.First().Id);
        theirs["organizations"] = world.Victim.OrganizationId;
        theirs["users"] = world.Victim.UserId;
        var client = await world.ClientAsync("Owner");
        foreach (var route in Families.CrossTenant(world.Routes).Where(r => r.Places.Count > 0))
        {
            foreach (var (kind, id) in theirs) { await CompareAsync(checks, client, route, kind, id); }
        }
        checks.Report(nameof(S16_foreign_and_absent_ids_answer_alike));
    }

    /// <summary>Ratios of medians of interleaved samples, with bounds that noise does not reach: a lookup that is done for one of them only does.</summary>
    [Fact]
    public async Task S16_foreign_and_absent_ids_take_alike_long()
    {
        var checks = new Checks("S16", output);
        var theirs = world.Rows.Read(world.Victim.OrganizationId).Where(r => r.Collection is "posts" or "channels" or "media" or "publications").GroupBy(r => r.Collection).ToDictionary(g => g.Key, g => g.First().Id);
        theirs["organizations"] = world.Victim.OrganizationId;
        var client = await world.ClientAsync("Owner");
        foreach (var route in Families.CrossTenant(world.Routes).Where(r => r is { IsApi: true, Places.Count: > 0 }))
        {
            var (best, id) = (double.MaxValue, theirs[KindOf(route)]);
            for (var round = 0; round < 4 && best > Widest; round++) { best = Math.Min(best, await RatioAsync(client, route, id)); }
            checks.That(best <= Widest, () => $"{route.Key}: a foreign id takes {best:0.0} times as long as an absent one, or the other way round");
        }
        checks.Report(nameof(S16_foreign_and_absent_ids_take_alike_long));
    }

    [Fact]
    public void S16_catches_a_difference()
    {
        var (one, other) = (Ids.New(), Ids.New());
        Scrub($$"""{"detail":"no post {{one}}","traceId":"abc1"}""", one).ShouldBe(Scrub($$"""{"detail":"no post {{other}}","traceId":"abc2"}""", other));
        Scrub($$"""{"detail":"not yours: {{one}}"}""", one).ShouldNotBe(Scrub($$"""{"detail":"no post {{other}}"}""", other));
    }

    private async Task CompareAsync(Checks checks, HttpClient client, ApiRoute route, string kind, string id)
    {
        var absent = id.Length == 32 ? Ids.New() : new string('0', id.Length);
        var foreign = await AnswerAsync(client, route, id);
        var none = await AnswerAsync(client, route, absent);
        checks.That(foreign.Status == none.Status, () => $"{route.Key}, {kind}: {foreign.Status} for a foreign id, {none.Status} for none");
        checks.That(foreign.Text == none.Text, () => $"{route.Key}, {kind}: the bodies differ:\n{foreign.Text}\n{none.Text}");
        checks.That(foreign.Headers == none.Headers, () => $"{route.Key}, {kind}: the headers differ: {foreign.Headers} and {none.Headers}");
    }

    private async Task<(int Status, string Text, string Headers)> AnswerAsync(HttpClient client, ApiRoute route, string id)
    {
        using var request = Request(route, id);
        using var answer = await client.SendAsync(request);
        var headers = string.Join(' ', answer.Headers.Concat(answer.Content.Headers).Select(h => h.Key).Where(h => h is not ("Content-Length" or "Set-Cookie" or "Pragma" or "Cache-Control")).Order(StringComparer.Ordinal));
        // The menu of the house's own organizations: the body family made some that are named with foreign ids.
        var text = System.Text.RegularExpressions.Regex.Replace(await answer.Content.ReadAsStringAsync(), "<span class=\"truncate\">[0-9a-f]{32}</span>", "");
        return ((int)answer.StatusCode, Scrub(text, id), headers);
    }

    private async Task<double> RatioAsync(HttpClient client, ApiRoute route, string id)
    {
        // One absent id for all samples, as there is one foreign id: what remembers ids for a while must not tell them apart.
        var (foreign, absent, none) = (new List<long>(), new List<long>(), Ids.New());
        for (var at = 0; at < Samples; at++)
        {
            foreign.Add(await TimeAsync(client, route, id));
            absent.Add(await TimeAsync(client, route, none));
        }
        var (f, a) = ((double)Median(foreign), Median(absent));
        return Math.Max(f / a, a / f);
    }

    private async Task<long> TimeAsync(HttpClient client, ApiRoute route, string id)
    {
        using var request = Request(route, id);
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.SendAsync(request);
        return Stopwatch.GetTimestamp() - started;
    }

    private HttpRequestMessage Request(ApiRoute route, string id) =>
        new(new HttpMethod(route.Method), route.Fill([.. route.Places.Select(_ => id)])) { Content = world.ContentFor(route) };

    private static long Median(List<long> values) => values.Order().ElementAt(values.Count / 2);

    private static string KindOf(ApiRoute route) => route.Path switch
    {
        var p when p.StartsWith("/api/v1/organizations/{", StringComparison.Ordinal) => "organizations",
        var p when p.Contains("media", StringComparison.Ordinal) => "media",
        var p when p.Contains("social-accounts", StringComparison.Ordinal) || p.Contains("channel", StringComparison.Ordinal) => "channels",
        var p when p.Contains("publicationId", StringComparison.Ordinal) => "publications",
        _ => "posts",
    };

    // What differs between any two requests: the id that was sent, the trace, and what the frame signs and numbers anew for each page.
    private static string Scrub(string text, string id) => Fresh().Replace(text.Replace(id, "ID", StringComparison.OrdinalIgnoreCase), "");

    [GeneratedRegex("""
        "traceId":"[^"]*"|<!--Blazor.*?-->|name="__RequestVerificationToken" value="[^"]*"|nonce="[^"]*"|\bid="[a-z-]*[0-9a-f-]{6,}"|\bfor="[a-z-]*[0-9a-f-]{6,}"|aria-[a-z]+="[a-z-]*[0-9a-f-]{6,}"
        """, RegexOptions.Singleline)]
    private static partial Regex Fresh();
}
