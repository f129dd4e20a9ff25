using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

public sealed class ApiKeyTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly PlatformApp _app;

    public ApiKeyTests() => _app = new PlatformApp().With(_clock);

    public void Dispose() => _app.Dispose();

    [Fact]
    public void A_key_is_recognisable_and_a_wrong_character_shows()
    {
        var text = ApiKeyText.New();
        text.ShouldMatch("^plk_[0-9A-Za-z]{49}$");
        ApiKeyText.IsWellFormed(text).ShouldBeTrue();
        for (var i = 4; i < text.Length; i++) { ApiKeyText.IsWellFormed(text[..i] + (text[i] == 'a' ? 'b' : 'a') + text[(i + 1)..]).ShouldBeFalse(); }
        foreach (var bad in (string?[])[null, "", "plk_", text + "a", text[..^1], "xlk_" + text[4..], text[..20] + " " + text[21..]]) { ApiKeyText.IsWellFormed(bad).ShouldBeFalse(); }
        // gzip's CRC-32 in base 62: scanners elsewhere compute the same.
        ApiKeyText.IsWellFormed("plk_0000000000000000000000000000000000000000000" + Check("plk_0000000000000000000000000000000000000000000")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("X-Api-Key")]
    public async Task A_key_acts_as_its_maker_within_its_scopes(string header)
    {
        var ada = await _app.SignUpAsync();
        var key = Client(await SecretAsync(ada, "contentRead", "contentWrite"), header);
        (await key.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await key.PostAsJsonAsync("/api/v1/content", new { text = "by a program", channelIds = Array.Empty<string>() })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await key.GetAsync("/api/v1/audit-logs")).ProblemAsync()).ShouldBe("forbidden");
        (await key.PostAsync($"/api/v1/content/{Ids.New()}/publish", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        // The record names the key.
        var entry = (await (await ada.Client.GetAsync("/api/v1/audit-logs?action=post.created")).ReadAsync()).GetProperty("items")[0];
        entry.GetProperty("apiKeyId").GetString().ShouldNotBeNull();
        entry.GetProperty("actorId").GetString().ShouldBe(ada.UserId);
    }

    [Fact]
    public async Task A_key_opens_no_route_for_persons_for_staff_or_for_pages()
    {
        var ada = await _app.SignUpAsync();
        var key = Client(await SecretAsync(ada, [.. ApiKeyScopes.Offered.Select(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()))]));
        foreach (var path in (string[])["/api/v1/api-keys", "/api/v1/auth/me", "/api/v1/users/sessions", "/api/v1/auth/2fa/status", "/api/v1/notifications"])
        {
            (await key.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }
        foreach (var path in (string[])["/api/v1/admin/users", "/api/v1/admin/auth/me"]) { (await key.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path); }
        (await key.GetAsync("/posts")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void Every_scope_that_is_offered_opens_a_route()
    {
        var endpoints = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText?.StartsWith("/api/v1", StringComparison.Ordinal) == true).ToList();
        var open = endpoints.Select(e => e.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy ?? "").ToHashSet())
            .Where(policies => policies.Count > 0 && !policies.Contains(Platform.Api.Policies.SignedIn) && !policies.Contains(Platform.Api.Policies.InPerson) && !policies.Any(Platform.Api.Policies.IsStaff)).ToList();
        // A scope that opens nothing would be a promise without effect.
        ApiKeyScopes.Offered.Where(scope => !open.Any(policies => policies.Contains(scope.ToString()))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_is_stored_as_a_hash_and_shown_once()
    {
        var ada = await _app.SignUpAsync();
        var secret = await SecretAsync(ada, "contentRead");
        (await ada.Client.GetStringAsync("/api/v1/api-keys")).ShouldNotContain(secret[8..40]);
        foreach (var file in Directory.EnumerateFiles(_app.DataDirectory, "platform.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            (await reader.ReadToEndAsync()).ShouldNotContain(secret[4..]);
        }
    }

    [Fact]
    public async Task A_wrong_checksum_an_unknown_key_and_a_mangled_header_are_401()
    {
        var ada = await _app.SignUpAsync();
        var secret = await SecretAsync(ada, "contentRead");
        foreach (var bad in (string[])[secret[..^1] + (secret[^1] == 'a' ? 'b' : 'a'), ApiKeyText.New(), secret + "x", "plk_", secret.ToUpperInvariant()])
        {
            (await (await Client(bad).GetAsync("/api/v1/content")).ProblemAsync()).ShouldBe("unauthenticated", bad);
        }
        var twice = _app.CreateClient();
        twice.DefaultRequestHeaders.Add("X-Api-Key", [secret, secret]);
        (await twice.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_revoked_key_stops_at_once_and_an_expired_one_by_itself()
    {
        var ada = await _app.SignUpAsync();
        var (first, second) = (await MakeAsync(ada, 30, "contentRead"), await MakeAsync(ada, 30, "contentRead"));
        var (revoked, expiring) = (Client(first.Secret), Client(second.Secret));
        (await revoked.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ada.Client.DeleteAsync($"/api/v1/api-keys/{first.Id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await revoked.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await expiring.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.OK);
        _clock.Step(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(6));
        (await expiring.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("billingManage")]
    [InlineData("keysManage")]
    [InlineData("membersManage")]
    [InlineData("staffManage")]
    [InlineData("staffTenantsRead")]
    public async Task No_key_is_made_for_what_needs_a_person_or_staff(string scope)
    {
        var ada = await _app.SignUpAsync();
        (await (await ada.Client.PostAsJsonAsync("/api/v1/api-keys", new { name = "too much", scopes = new[] { "contentRead", scope } })).ProblemAsync()).ShouldBe("scope_not_held");
        var made = await MakeAsync(ada, 30, "contentRead");
        (await (await ada.Client.PutAsJsonAsync($"/api/v1/api-keys/{made.Id}", new { name = "later", scopes = new[] { scope } })).ProblemAsync()).ShouldBe("scope_not_held");
    }

    [Fact]
    public async Task A_maker_who_is_demoted_takes_the_key_along_and_one_who_leaves_ends_it_for_good()
    {
        var ada = await _app.SignUpAsync();
        var key = Client(await SecretAsync(ada, "contentRead", "auditRead"));
        (await key.GetAsync("/api/v1/audit-logs")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var places = _app.Get<IDocumentStore>().ForPlatform<Membership>(Caller.Platform);
        await places.UpdateOneAsync(m => m.UserId == ada.UserId, new Update<Membership>().Set(m => m.Role, Role.Viewer));
        _clock.Advance(TimeSpan.FromSeconds(6));
        (await key.GetAsync("/api/v1/audit-logs")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await key.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var place = (await places.FirstAsync(m => m.UserId == ada.UserId))!;
        await places.DeleteAsync(place.Id, default);
        _clock.Advance(TimeSpan.FromSeconds(6));
        (await key.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        // Back again: the old key stays dead.
        await places.InsertAsync(place with { Id = Ids.New(), Role = Role.Owner, JoinedAt = _clock.GetUtcNow() }, default);
        _clock.Advance(TimeSpan.FromSeconds(6));
        (await key.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Only_the_maker_changes_a_key_and_only_persons_manage_keys()
    {
        var (ada, bob) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        var made = await MakeAsync(ada, 30, "contentRead");
        var keys = _app.Get<ApiKeys>();
        var admin = ada.Caller with { UserId = Ids.New(), Role = Role.Admin };
        (await keys.ChangeAsync(admin, made.Id, new ChangeApiKeyRequest("mine now", [Permission.ContentRead]), default)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
        (await keys.ChangeAsync(ada.Caller, made.Id, new ChangeApiKeyRequest("renamed", [Permission.AuditRead]), default)).Unwrap().Name.ShouldBe("renamed");
        (await keys.ListAsync(ada.Caller with { ApiKeyId = made.Id }, default)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
        (await keys.MakeAsync(ada.Caller with { Impersonator = new Impersonator(Ids.New(), "Sam") }, new MakeApiKeyRequest("x", [Permission.ContentRead]), default)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
        (await keys.RevokeAsync(ada.Caller with { Role = Role.Manager }, made.Id, default)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
        (await bob.Client.DeleteAsync($"/api/v1/api-keys/{made.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await bob.Client.PutAsJsonAsync($"/api/v1/api-keys/{made.Id}", new { name = "x", scopes = new[] { "contentRead" } })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await keys.RevokeAsync(admin, made.Id, default)).Ok.ShouldBeTrue();
        var actions = (await (await ada.Client.GetAsync("/api/v1/audit-logs?action=api_key.*")).ReadAsync()).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("action").GetString());
        actions.ShouldBe(["api_key.revoked", "api_key.updated", "api_key.created"]);
    }

    [Fact]
    public async Task Last_use_is_noted_and_the_number_of_keys_is_limited()
    {
        using var app = new PlatformApp().With(_clock).With("Accounts:ApiKeysPerOrganization", "2");
        var ada = await app.SignUpAsync();
        var first = await MakeAsync(ada, 30, "contentRead");
        await MakeAsync(ada, null, "contentRead");
        (await (await ada.Client.PostAsJsonAsync("/api/v1/api-keys", new { name = "third", scopes = new[] { "contentRead" } })).ProblemAsync()).ShouldBe("limit_reached");
        (await ada.Client.DeleteAsync($"/api/v1/api-keys/{first.Id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var third = await MakeAsync(ada, 30, "contentRead");
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", third.Secret);
        await client.GetAsync("/api/v1/content");
        var listed = (await (await ada.Client.GetAsync("/api/v1/api-keys")).ReadAsync()).GetProperty("items").EnumerateArray().Single(k => k.GetProperty("id").GetString() == third.Id);
        listed.GetProperty("lastUsedAt").ValueKind.ShouldBe(JsonValueKind.String);
        listed.GetProperty("madeBy").GetString().ShouldBe("Ada Lovelace");
    }

    [Fact]
    public async Task Each_key_has_a_rate_of_its_own()
    {
        using var app = new PlatformApp().With("RateLimits:Enabled", "true");
        var ada = await app.SignUpAsync();
        var (first, second) = (app.CreateClient(), app.CreateClient());
        first.DefaultRequestHeaders.Add("X-Api-Key", (await MakeAsync(ada, 30, "contentRead")).Secret);
        second.DefaultRequestHeaders.Add("X-Api-Key", (await MakeAsync(ada, 30, "contentRead")).Secret);
        for (var i = 0; i < 3; i++) { await first.GetAsync("/api/v1/content"); }
        int.Parse((await first.GetAsync("/api/v1/content")).Headers.GetValues("RateLimit-Remaining").Single(), System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeLessThan(int.Parse((await second.GetAsync("/api/v1/content")).Headers.GetValues("RateLimit-Remaining").Single(), System.Globalization.CultureInfo.InvariantCulture));
    }

    private HttpClient Client(string secret, string header = "Authorization")
    {
        var client = _app.CreateClient();
        if (header == "Authorization") { client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret); } else { client.DefaultRequestHeaders.Add(header, secret); }
        return client;
    }

    private static async Task<string> SecretAsync(TestCustomer customer, params string[] scopes) => (await MakeAsync(customer, 30, scopes)).Secret;

    private static async Task<(string Id, string Secret)> MakeAsync(TestCustomer customer, int? days, params string[] scopes)
    {
        var made = await (await customer.Client.PostAsJsonAsync("/api/v1/api-keys", new { name = "Report", scopes, expiresInDays = days })).ReadAsync();
        return (made.GetProperty("key").GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
    }

    private static string Check(string head)
    {
        var table = Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1)).ToArray();
        var crc = ~System.Text.Encoding.ASCII.GetBytes(head).Aggregate(uint.MaxValue, (c, b) => table[(c ^ b) & 0xFF] ^ (c >> 8));
        const string alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var text = "";
        for (var i = 0; i < 6; i++) { (text, crc) = (alphabet[(int)(crc % 62)] + text, crc / 62); }
        return text;
    }
}
