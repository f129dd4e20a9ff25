using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Features.Audit.Store;
using Platform.Features.Content.Actions;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.Features.Content;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>
/// S17: every route of the API that writes leaves an audit record. Generated from the routes: each is called with a good body by who may, in an organization made for
/// it, and a record must have come. What leaves none, or cannot be reached by a single request, stands in audit.txt with the reason; a line there that is not true any more fails too.
/// </summary>
public sealed class AuditFamilyTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly string List = Path.Combine(PlatformApp.RepositoryRoot(), "tests", "Platform.Tests", "Security", "audit.txt");
    private readonly PlatformApp _app = new PlatformApp().With(new FakeClock());
    private JsonElement _description;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _description = JsonDocument.Parse(await _app.CreateClient().GetStringAsync("/openapi/v1.json")).RootElement;

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task S17_every_write_leaves_a_record()
    {
        var checks = new Checks("S17", output);
        var listed = File.ReadAllLines(List).Where(l => l.Contains(" | ", StringComparison.Ordinal)).Select(l => l.Split(" | ", 2)).ToDictionary(p => p[0], p => p[1]);
        var routes = Families.Writes(ApiRoute.Read(_app, _description)).ToList();
        var silent = new List<string>();
        foreach (var route in routes)
        {
            var (recorded, said) = await CallAsync(route);
            if (!recorded) { silent.Add($"{route.Key} | {listed.GetValueOrDefault(route.Key) ?? $"? {said}"}"); }
            checks.That(recorded != listed.ContainsKey(route.Key), () => recorded ? $"{route.Key} leaves a record now: take its line out of audit.txt" : $"{route.Key}: no record ({said}), and no line in audit.txt says why");
        }
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") { File.WriteAllLines(List, silent); return; }
        foreach (var (key, reason) in listed) { checks.That(reason.Length > 20 && reason[0] != '?' && routes.Any(r => r.Key == key), () => $"audit.txt: '{key}' is no route that writes, or has no reason"); }
        checks.Report(nameof(S17_every_write_leaves_a_record));
        output.WriteLine($"{routes.Count - listed.Count} of {routes.Count} recorded when called");
    }

    private async Task<(bool Recorded, string Said)> CallAsync(ApiRoute route)
    {
        var who = await _app.SignUpAsync();
        var client = route.IsStaff ? (await _app.StaffAsync(route.Path.Contains("/admin/auth/", StringComparison.Ordinal) ? StaffRole.Support : StaffRole.SuperAdmin)).Client : who.Client;
        await client.PostAsJsonAsync(route.IsStaff ? "/api/v1/admin/auth/confirm" : "/api/v1/auth/confirm", new { password = route.IsStaff ? TestStaff.Password : who.Password });
        var ids = await PrepareAsync(route, who);
        var before = await CountAsync();
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Fill([.. await PlacesAsync(route, client, ids)])) { Content = BodyOf(route, who, ids) };
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.IsSuccessStatusCode && await CountAsync() > before, $"{(int)answer.StatusCode} {text[..Math.Min(160, text.Length)]}");
    }

    private Task<long> CountAsync() => _app.Get<IDocumentStore>().ForPlatform<AuditRecord>(Caller.Platform).CountAsync(r => r.Id != "", default);

    private HttpContent? BodyOf(ApiRoute route, TestCustomer who, Dictionary<string, string> ids)
    {
        if (route.TakesFile) { return new MultipartFormDataContent { { new ByteArrayContent(Features.Media.TestPictures.Png()), "file", "a.png" } }; }
        if (route.Body is not { } schema) { return null; }
        var bodies = new Bodies(_description, ids);
        var body = bodies.Make(schema, [.. bodies.Properties(schema).Select(p => p.Name).Where(n => ids.ContainsKey(n) || n is "name" or "text" or "email" or "scheduledAt" or "timeZone")]);
        foreach (var name in body.Select(p => p.Key).ToList()) { if (Said(route, name, who) is { } value) { body[name] = value; } }
        return JsonContent.Create(body);
    }

    private static JsonNode? Said(ApiRoute route, string name, TestCustomer who) => name switch
    {
        "password" or "currentPassword" => route.IsStaff ? TestStaff.Password : who.Password,
        "newPassword" => "Another-Long-Pass-77!",
        "email" when route.IsOpen && !route.Path.EndsWith("/register", StringComparison.Ordinal) => who.Email,
        "network" => "sandbox",
        "minutes" => 15,
        "scopes" => new JsonArray("contentRead"),
        "refreshToken" => who.RefreshToken,
        "tags" => new JsonArray("lanterns"),
        "confirmation" or "confirm" => who.OrganizationId,
        _ => null,
    };

    // What the route acts on, made anew for it: a post in the state that it wants, a person, an organization, a colleague.
    private async Task<Dictionary<string, string>> PrepareAsync(ApiRoute route, TestCustomer who)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal) { ["organizationId"] = who.OrganizationId };
        if (route.IsStaff)
        {
            ids["id"] = route.Path.Contains("/organizations/", StringComparison.Ordinal) ? who.OrganizationId : route.Path.Contains("/staff/", StringComparison.Ordinal) ? (await _app.StaffAsync(StaffRole.Support)).Caller.UserId! : who.UserId;
            await ReadyForStaffAsync(route, ids["id"]);
            return ids;
        }
        if (route.Path.Contains("/organizations/{", StringComparison.Ordinal)) { ids["id"] = who.OrganizationId; }
        ids["channelId"] = ids["channelIds"] = await ContentFixture.ConnectAsync(who);
        ids["mediaId"] = ids["mediaIds"] = ContentFixture.Id(await (await who.Client.PostAsync("/api/v1/media", new MultipartFormDataContent { { new ByteArrayContent(Features.Media.TestPictures.Png()), "file", "a.png" } })).ReadAsync());
        if (route.Path.Contains("/social-accounts/{", StringComparison.Ordinal)) { ids["id"] = ids["channelId"]; }
        if (route.Path.StartsWith("/api/v1/media/{", StringComparison.Ordinal)) { ids["id"] = ids["mediaId"]; }
        if (route.Path.Contains("/content/{", StringComparison.Ordinal) || route.Path.Contains("/calendar/", StringComparison.Ordinal) || route.Path.Contains("/approvals/", StringComparison.Ordinal)) { await PostAsync(route, who, ids); }
        if (route.Path.Contains("templates", StringComparison.Ordinal)) { await who.Client.PostAsJsonAsync("/api/v1/templates", new { name = "Morning", text = "Good morning" }); }
        if (route.Path.Contains("hashtag", StringComparison.Ordinal)) { await who.Client.PostAsJsonAsync("/api/v1/hashtag-sets", new { name = "Tags", tags = new[] { "lanterns" } }); }
        if (route.Path.Contains("/api-keys/{", StringComparison.Ordinal)) { await who.Client.PostAsJsonAsync("/api/v1/api-keys", new { name = "Old", scopes = new[] { "contentRead" } }); }
        if (route.Path.Contains("/invitations/{invitationId}", StringComparison.Ordinal)) { await who.Client.PostAsJsonAsync($"/api/v1/organizations/{who.OrganizationId}/invite", new { email = "grace@example.com", role = "editor" }); }
        if (route.Path.Contains("/ai/", StringComparison.Ordinal)) { await who.Client.PostAsJsonAsync("/api/v1/ai/generate-content", new { brief = "Lanterns for the winter", channelIds = new[] { ids["channelId"] } }); }
        if (route.Path.StartsWith("/api/v1/users/sessions", StringComparison.Ordinal)) { await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login", new { email = who.Email, password = who.Password }); }
        if (route.Key == "DELETE /api/v1/settings/approval/channels/{channelId}") { await who.Client.PutAsJsonAsync($"/api/v1/settings/approval/channels/{ids["channelId"]}", new { stages = Array.Empty<object>() }); }
        if (route.Key == "POST /api/v1/organizations/{id}/restore") { await who.Client.PostAsJsonAsync($"/api/v1/organizations/{who.OrganizationId}/close", new { confirmation = who.OrganizationId }); }
        if (route.Key is "DELETE /api/v1/auth/email") { await who.Client.PutAsJsonAsync("/api/v1/auth/email", new { email = $"n{Platform.Primitives.Ids.New()}@example.com" }); }
        return ids;
    }

    private async Task ReadyForStaffAsync(ApiRoute route, string id)
    {
        var staff = (await _app.StaffAsync()).Client;
        if (route.Path.EndsWith("/activate", StringComparison.Ordinal)) { await staff.PostAsJsonAsync(route.Path.Replace("{id}", id, StringComparison.Ordinal).Replace("/activate", "/suspend", StringComparison.Ordinal), new { reason = "a reason of some length" }); }
        if (route.Key.EndsWith("DELETE /api/v1/admin/users/{id}/impersonate", StringComparison.Ordinal)) { await staff.PostAsJsonAsync($"/api/v1/admin/users/{id}/impersonate", new { reason = "a reason of some length", minutes = 15 }); }
    }

    private async Task PostAsync(ApiRoute route, TestCustomer who, Dictionary<string, string> ids)
    {
        var id = ids["id"] = ContentFixture.Id(await ContentFixture.CreateAsync(who, new { text = "A plain post", channelIds = new[] { ids["channelId"] } }));
        var end = route.Path[(route.Path.LastIndexOf('/') + 1)..];
        if (end is "approve" or "reject" or "request-changes" or "withdraw" || route.Path.Contains("/approvals/", StringComparison.Ordinal)) { (await _app.Get<SubmitPost>().RunAsync(who.Caller with { Role = Role.Editor }, new(id, null), default)).Unwrap(); }
        if (route.Path.Contains("ublicationId", StringComparison.Ordinal) || end is "cancel" or "unschedule")
        {
            await (await who.Client.PostAsJsonAsync($"/api/v1/content/{id}/schedule", new { scheduledAt = "2026-12-24T18:00:00", timeZone = "Europe/Berlin" })).ReadAsync();
            ids["publicationId"] = ContentFixture.Id((await ContentFixture.GetAsync(who, id)).GetProperty("publications")[0]);
        }
        if (route.Path.Contains("{commentId}", StringComparison.Ordinal)) { ids["commentId"] = ContentFixture.Id(await (await who.Client.PostAsJsonAsync($"/api/v1/content/{id}/comments", new { text = "A word" })).ReadAsync()); }
        if (route.Path.Contains("{number}", StringComparison.Ordinal)) { (await ContentFixture.PutAsync(who, id, new { text = "Another text" })).EnsureSuccessStatusCode(); ids["number"] = "1"; }
        if (route.Path.EndsWith("/content/{id}/restore", StringComparison.Ordinal)) { (await who.Client.DeleteAsync($"/api/v1/content/{id}")).EnsureSuccessStatusCode(); }
    }

    // By name, else the first record of the list that the path goes on from.
    private static async Task<IReadOnlyList<string>> PlacesAsync(ApiRoute route, HttpClient client, Dictionary<string, string> ids)
    {
        var places = new List<string>();
        foreach (var place in route.Places)
        {
            if (ids.TryGetValue(place, out var known)) { places.Add(known); continue; }
            var before = route.Path[..route.Path.IndexOf($"{{{place}", StringComparison.Ordinal)].TrimEnd('/');
            foreach (var filled in places) { before = ApiRoute.Place().Replace(before, filled, 1); }
            places.Add(await FirstAsync(client, before) ?? Platform.Primitives.Ids.New());
        }
        return places;
    }

    private static async Task<string?> FirstAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        if (answer.StatusCode != HttpStatusCode.OK) { return null; }
        var list = await answer.ReadAsync();
        var items = list.ValueKind == JsonValueKind.Object && list.TryGetProperty("items", out var inside) ? inside : list;
        if (items.ValueKind != JsonValueKind.Array) { return null; }
        return items.EnumerateArray().Where(i => !(i.TryGetProperty("current", out var current) && current.ValueKind == JsonValueKind.True)).Select(i => (i.TryGetProperty("id", out var id) ? id : i.GetProperty("name")).GetString()).FirstOrDefault();
    }
}
