using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Primitives;

namespace Platform.Tests.Security;

/// <summary>S1: nothing of one organization is seen or changed by another, wherever its ids are put. Generated from the routes and the OpenAPI document.</summary>
[Collection(SecurityCollection.Name)]
public sealed class CrossTenantTests(SecurityWorld world, ITestOutputHelper output)
{
    private readonly Dictionary<string, string[]> _theirs = Candidates(world.Rows.About(world.Victim.OrganizationId), world.Victim);
    private readonly ForeignBytes _foreign = world.Foreign;

    [Fact]
    public async Task S1_ids_in_the_path()
    {
        var checks = new Checks("S1", output);
        var routes = Families.CrossTenant(world.Routes).Where(r => r.Places.Count > 0).ToList();
        foreach (var route in routes) { await PathAsync(route, checks); }
        checks.Report(nameof(S1_ids_in_the_path));
        routes.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task S1_ids_in_the_query()
    {
        var checks = new Checks("S1", output);
        foreach (var route in Families.CrossTenant(world.Routes).Where(r => r.Method == "GET"))
        {
            var before = Fingerprint();
            foreach (var name in route.Query.Concat(["organizationId", "tenantId", "organization"]).Distinct())
            {
                foreach (var id in Everywhere(name)) { await AnswerAsync(checks, route, new(HttpMethod.Get, $"{route.Fill(OwnPlaces(route))}?{name}={id}"), id, mayFind: true); }
            }
            checks.That(Fingerprint() == before, () => $"{route.Key}: a query changed the victim's records");
        }
        checks.Report(nameof(S1_ids_in_the_query));
    }

    [Fact]
    public async Task S1_ids_in_headers()
    {
        var checks = new Checks("S1", output);
        foreach (var route in Families.CrossTenant(world.Routes).Where(r => r.Method == "GET"))
        {
            foreach (var name in (string[])["X-Organization-Id", "X-Tenant-Id", "X-Org", "X-User-Id", "X-Original-URL"])
            {
                var request = new HttpRequestMessage(HttpMethod.Get, route.Fill(OwnPlaces(route)));
                request.Headers.TryAddWithoutValidation(name, name == "X-Original-URL" ? $"/api/v1/organizations/{world.Victim.OrganizationId}" : name == "X-User-Id" ? world.Victim.UserId : world.Victim.OrganizationId);
                await AnswerAsync(checks, route, request, world.Victim.OrganizationId, mayFind: true);
            }
        }
        checks.Report(nameof(S1_ids_in_headers));
    }

    [Fact]
    public async Task S1_ids_in_the_body()
    {
        var checks = new Checks("S1", output);
        var routes = Families.CrossTenant(world.Routes).Where(r => r is { Writes: true, IsApi: true }).ToList();
        foreach (var route in routes) { await BodyAsync(route, checks); }
        checks.Report(nameof(S1_ids_in_the_body));
    }

    /// <summary>The control: the ids are alive. Their owner finds each record at the same addresses where the house does not.</summary>
    [Fact]
    public async Task S1_the_ids_that_are_tried_are_real()
    {
        var checks = new Checks("S1", output);
        var gets = Families.CrossTenant(world.Routes).Where(r => r is { Method: "GET", Places.Count: 1, IsApi: true }).ToList();
        var owner = await world.ClientAsync("stranger");
        foreach (var route in gets)
        {
            var found = false;
            foreach (var id in _theirs.Values.SelectMany(v => v)) { found |= (await owner.GetAsync(route.Fill(id))).StatusCode == HttpStatusCode.OK; }
            checks.That(found, () => $"{route.Key}: not even its owner finds a record here; the path's row proves nothing. Let SecurityWorld make such a record");
        }
        checks.Report(nameof(S1_the_ids_that_are_tried_are_real));
        _foreign.Count.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void S1_catches_a_leak()
    {
        var theirs = world.Rows.Read(world.Victim.OrganizationId).First(r => r.Collection == "posts");
        _foreign.In($$"""{"items":[{"id":"{{theirs.Id}}"}]}""").ShouldBe(theirs.Id);
        _foreign.In($"<p>{WebUtility.HtmlEncode(StoredRows.Texts(theirs.Body).MaxBy(t => t.Length))}</p>").ShouldNotBeNull();
        _foreign.In("""{"items":[]}""").ShouldBeNull();
    }

    private async Task PathAsync(ApiRoute route, Checks checks)
    {
        var before = Fingerprint();
        foreach (var id in _theirs.Values.SelectMany(v => v))
        {
            for (var place = 0; place < route.Places.Count; place++)
            {
                var places = OwnPlaces(route);
                places[place] = id;
                await AnswerAsync(checks, route, new(new HttpMethod(route.Method), route.Fill(places)) { Content = world.ContentFor(route) }, id, mayFind: false);
            }
        }
        checks.That(Fingerprint() == before, () => $"{route.Key}: a foreign id in the path changed the victim's records");
    }

    private async Task BodyAsync(ApiRoute route, Checks checks)
    {
        var before = Fingerprint();
        var properties = route.Body is { } schema ? world.Bodies.Properties(schema).Where(p => Bodies.KindOf(p.Schema).Text).ToList() : [];
        foreach (var (name, property) in properties)
        {
            foreach (var id in Everywhere(name))
            {
                var body = world.Bodies.Make(route.Body!.Value, name);
                body[name] = Bodies.KindOf(property).List ? new JsonArray(id) : id;
                await AnswerAsync(checks, route, Request(route, body), id, mayFind: !name.Contains("Id", StringComparison.Ordinal));
            }
        }
        foreach (var name in (string[])["organizationId", "tenantId", "userId", "ownerId"])
        {
            var body = route.Body is { } takes ? world.Bodies.Make(takes) : [];
            if (body.ContainsKey(name)) { continue; }
            var id = name is "userId" or "ownerId" ? world.Victim.UserId : world.Victim.OrganizationId;
            body[name] = id;
            await AnswerAsync(checks, route, Request(route, body), id, mayFind: true);
        }
        checks.That(Fingerprint() == before, () => $"{route.Key}: a foreign id in the body changed the victim's records");
    }

    private HttpRequestMessage Request(ApiRoute route, JsonObject body) => new(new HttpMethod(route.Method), route.Fill(OwnPlaces(route))) { Content = JsonContent.Create(body) };

    // The house's own record where one is known by the place's name, else what nothing has: a foreign id is never alone in being wrong.
    private string[] OwnPlaces(ApiRoute route) => [.. route.Places.Select(p => p switch
    {
        _ when world.OwnIds.TryGetValue(p, out var id) => id,
        _ when route.Path.StartsWith("/api/v1/content", StringComparison.Ordinal) => world.OwnIds["postId"],
        _ when route.Path.StartsWith("/api/v1/social-accounts", StringComparison.Ordinal) && !route.Writes => world.OwnIds["channelId"],
        _ => Ids.New(),
    })];

    private async Task AnswerAsync(Checks checks, ApiRoute route, HttpRequestMessage request, string sent, bool mayFind)
    {
        var what = $"{route.Method} {request.RequestUri}";
        using var answer = await (await world.ClientAsync("Owner")).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.Unauthorized) { world.Forget("Owner"); }
        checks.That((int)answer.StatusCode is < 500 or 502, () => $"{what} with {sent}: {(int)answer.StatusCode} {text}");
        // What the house itself wrote into a free text (a label, a name) stands in its own records from then on.
        if (mayFind && route.Writes && answer.IsSuccessStatusCode) { world.Written.Add(sent); }
        string[] own = [.. world.Written, sent];
        checks.That(_foreign.In(text, own) is null, () => $"{what} with {sent}: leaks '{_foreign.In(text, own)}'");
        if (!mayFind && route.IsApi) { checks.That((int)answer.StatusCode is 404 or 400 or 403, () => $"{what} with {sent}: {(int)answer.StatusCode}, not 404: {text[..Math.Min(300, text.Length)]}"); }
    }

    // Which kinds of ids a name takes: those whose collection it names, else one of each kind.
    private IEnumerable<string> Everywhere(string name)
    {
        var stem = name.Replace("Ids", "", StringComparison.Ordinal).Replace("Id", "", StringComparison.Ordinal).ToLowerInvariant();
        var named = _theirs.Where(t => stem.Length > 3 && t.Key.Contains(stem, StringComparison.OrdinalIgnoreCase)).SelectMany(t => t.Value).ToList();
        return named.Count > 0 ? named : _theirs.Values.Select(v => v[0]);
    }

    private string Fingerprint() => string.Join('\n', world.Rows.Read(world.Victim.OrganizationId).Select(r => $"{r.Collection}/{r.Id}/{r.Version}").Order(StringComparer.Ordinal));

    // Two records of every kind, and the ids that stand outside of the organization's own rows.
    private static Dictionary<string, string[]> Candidates(IReadOnlyList<StoredRow> rows, TestKit.TestCustomer victim)
    {
        var all = rows.GroupBy(r => r.Collection).ToDictionary(g => g.Key, g => (string[])[g.First().Id, g.Last().Id]);
        all["organizations"] = [victim.OrganizationId];
        all["users"] = [victim.UserId];
        all["sessions"] = [new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(victim.AccessToken).GetClaim("sid").Value];
        return all;
    }
}
