using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Features.Audit.Actions;
using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Domain;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Audit;

public sealed class AuditEndpointTests(AuditEndpointTests.Fixture fixture) : IClassFixture<AuditEndpointTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task An_organization_sees_its_own_entries_with_their_place_in_the_chain()
    {
        var (ada, bob) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        await SealedAsync(ada, 1);
        var entries = (await (await ada.Client.GetAsync("/api/v1/audit-logs")).ReadAsync()).GetProperty("items").EnumerateArray().ToList();
        entries.ShouldAllBe(e => e.GetProperty("organizationId").GetString() == ada.OrganizationId);
        entries.ShouldContain(e => e.GetProperty("action").GetString() == "account.registered" && e.GetProperty("seal").GetProperty("sequence").GetInt64() > 0);
        var id = entries[0].GetProperty("id").GetString();
        (await ada.Client.GetAsync($"/api/v1/audit-logs/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await bob.Client.GetAsync($"/api/v1/audit-logs/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await bob.Client.GetAsync($"/api/v1/audit-logs?organizationId={ada.OrganizationId}")).ReadAsync()).GetProperty("items").EnumerateArray().ShouldAllBe(e => e.GetProperty("organizationId").GetString() == bob.OrganizationId);
    }

    [Fact]
    public async Task Filters_hold_by_actor_action_target_time_and_search()
    {
        var ada = await _app.SignUpAsync();
        var target = Ids.New();
        await RecordAsync(ada, "post.deleted", target);
        await RecordAsync(ada, "channel.removed", Ids.New());
        (await CountAsync(ada.Client, $"targetId={target}")).ShouldBe(1);
        (await CountAsync(ada.Client, "action=post.deleted")).ShouldBe(1);
        (await CountAsync(ada.Client, "action=post.*")).ShouldBe(1);
        (await CountAsync(ada.Client, $"actorId={Ids.New()}")).ShouldBe(0);
        (await CountAsync(ada.Client, $"action=channel.*&actorId={ada.UserId}&q=198.51.100.9")).ShouldBe(1);
        (await CountAsync(ada.Client, "action=post.*&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z")).ShouldBe(0);
        (await CountAsync(ada.Client, "action=post.*&from=2020-01-01T00:00:00Z")).ShouldBe(1);
        (await (await ada.Client.GetAsync("/api/v1/audit-logs?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")).ProblemAsync()).ShouldBe("invalid_range");
    }

    [Fact]
    public async Task A_json_export_can_be_verified_without_us()
    {
        var ada = await _app.SignUpAsync();
        for (var i = 0; i < 5; i++) { await RecordAsync(ada, "post.updated", Ids.New(), "naïve “quotes” <b> 🦊 + / \u2028"); }
        await SealedAsync(ada, 6);
        var text = await ada.Client.GetStringAsync("/api/v1/audit-logs/export?format=json");
        var (previous, sequence) = (new string('0', 64), 0L);
        foreach (var entry in JsonDocument.Parse(text).RootElement.GetProperty("entries").EnumerateArray().Where(e => e.GetProperty("sequence").ValueKind == JsonValueKind.Number).OrderBy(e => e.GetProperty("sequence").GetInt64()))
        {
            entry.GetProperty("sequence").GetInt64().ShouldBe(++sequence);
            entry.GetProperty("previousHash").GetString().ShouldBe(previous);
            var recordHash = Hash(entry.GetProperty("record").GetRawText());
            entry.GetProperty("recordHash").GetString().ShouldBe(recordHash);
            previous = Hash(string.Join('\n', "chain-1", ada.OrganizationId, sequence, previous, recordHash));
            entry.GetProperty("hash").GetString().ShouldBe(previous);
        }
        sequence.ShouldBeGreaterThanOrEqualTo(6);
        var verdict = await (await ada.Client.GetAsync($"/api/v1/audit-logs/verify?sequence={sequence}&hash={previous}")).ReadAsync();
        verdict.GetProperty("sound").GetBoolean().ShouldBeTrue(verdict.ToString());
    }

    [Fact]
    public async Task A_csv_export_holds_no_formula_and_every_line_has_all_cells()
    {
        var ada = await _app.SignUpAsync();
        await RecordAsync(ada, "post.updated", Ids.New(), "=cmd|' /C calc'!A0");
        await RecordAsync(ada, "post.updated", Ids.New(), "two\nlines, \"quoted\"");
        var answer = await ada.Client.GetAsync("/api/v1/audit-logs/export?format=csv");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("\"'=cmd|' /C calc'!A0\"");
        text.ShouldContain("\"two\nlines, \"\"quoted\"\"\"");
        // The export itself is in the log.
        (await CountAsync(ada.Client, "action=audit.exported")).ShouldBe(1);
        // It names what was exported, whatever was asked for.
        await ada.Client.GetAsync($"/api/v1/audit-logs/export?organizationId={Ids.New()}");
        (await CountAsync(ada.Client, $"action=audit.exported&targetId={ada.OrganizationId}")).ShouldBe(2);
        (await (await ada.Client.GetAsync("/api/v1/audit-logs/export?format=xlsx")).ProblemAsync()).ShouldBe("invalid_format");
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("  =1")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("＝1")]
    public void What_a_spreadsheet_would_run_is_text(string cell) => CsvCell.Write(cell).ShouldStartWith("\"'");

    [Fact]
    public async Task Staff_read_across_organizations_and_verify_the_whole_log()
    {
        var ada = await _app.SignUpAsync();
        await SealedAsync(ada, 1);
        var staff = await _app.StaffAsync();
        (await CountAsync(staff.Client, $"organizationId={ada.OrganizationId}", "/api/v1/admin/audit-logs")).ShouldBeGreaterThan(0);
        (await CountAsync(staff.Client, $"q={ada.UserId}", "/api/v1/admin/audit-logs")).ShouldBeGreaterThan(0);
        var verdict = await (await staff.Client.GetAsync("/api/v1/admin/audit-logs/verify")).ReadAsync();
        verdict.GetProperty("sound").GetBoolean().ShouldBeTrue(verdict.ToString());
        var state = await (await staff.Client.GetAsync("/api/v1/admin/audit-logs/state")).ReadAsync();
        state.GetProperty("lastCheck").GetProperty("sound").GetBoolean().ShouldBeTrue();
        var finance = await _app.StaffAsync(StaffRole.Finance);
        (await finance.Client.GetAsync("/api/v1/admin/audit-logs")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ada.Client.GetAsync("/api/v1/admin/audit-logs")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Staff_who_act_as_a_customer_and_keys_are_named_in_the_entry()
    {
        var ada = await _app.SignUpAsync();
        var caller = ada.Caller with { Impersonator = new Impersonator(Ids.New(), "Support Sam"), ApiKeyId = Ids.New(), SessionId = Ids.New() };
        await _app.Get<IAudit>().RecordAsync(caller, new AuditEntry("post.deleted", "post", Ids.New()), default);
        var entry = (await (await ada.Client.GetAsync("/api/v1/audit-logs?action=post.deleted")).ReadAsync()).GetProperty("items")[0];
        entry.GetProperty("impersonatorName").GetString().ShouldBe("Support Sam");
        entry.GetProperty("apiKeyId").GetString().ShouldBe(caller.ApiKeyId);
        entry.GetProperty("sessionId").GetString().ShouldBe(caller.SessionId);
        (await CountAsync(ada.Client, $"actorId={caller.Impersonator!.StaffId}")).ShouldBe(1);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Task RecordAsync(TestCustomer customer, string action, string target, string detail = "") =>
        _app.Get<IAudit>().RecordAsync(customer.Caller with { Address = "198.51.100.9" }, new AuditEntry(action, "post", target, detail), default);

    private static async Task<int> CountAsync(HttpClient client, string query, string path = "/api/v1/audit-logs") =>
        (await (await client.GetAsync($"{path}?{query}")).ReadAsync()).GetProperty("items").GetArrayLength();

    private static Task SealedAsync(TestCustomer customer, int atLeast) => Eventually.TrueAsync(async () =>
    {
        var state = await (await customer.Client.GetAsync("/api/v1/audit-logs/state")).ReadAsync();
        return state.GetProperty("entries").GetInt64() >= atLeast && state.GetProperty("waiting").GetInt64() == 0;
    }, "the entries are sealed");

    public sealed class Fixture : IDisposable
    {
        public PlatformApp App { get; } = new();
        public void Dispose() => App.Dispose();
    }
}
