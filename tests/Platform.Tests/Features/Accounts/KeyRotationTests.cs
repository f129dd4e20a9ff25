using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Actions;
using Platform.Features.Channels.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.Faults;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

public sealed class KeyRotationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("key-rotation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task New_signing_keys_sign_nobody_out_and_old_ones_go_when_their_tokens_have_expired()
    {
        var clock = new FakeClock();
        using var app = new PlatformApp().With(clock);
        var (ada, staff) = (await app.SignUpAsync(), await app.StaffAsync());
        (await Rotate(staff)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ada.Client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        // Known at once, used after a minute: by then every copy has read it.
        var early = await RefreshAsync(app, ada.RefreshToken);
        KidOf(early.Access).ShouldBe(KidOf(ada.AccessToken));
        clock.Advance(AccessTokens.Notice);
        var later = await RefreshAsync(app, early.Refresh);
        KidOf(later.Access).ShouldNotBe(KidOf(ada.AccessToken));
        foreach (var token in (string[])[ada.AccessToken, early.Access, later.Access]) { (await MeAsync(app, token)).ShouldBe(HttpStatusCode.OK); }
        (await StatesAsync(staff)).ShouldBe(["signing", "checking", "signing", "checking"]);
        clock.Advance(TimeSpan.FromMinutes(70));
        var rotate = app.Get<RotateSigningKeys>();
        (await rotate.OnScheduleAsync(default)).ShouldBe(0);
        await app.Get<AccessTokens>().LoadAsync(default);
        // The old key is gone; the session goes on.
        var last = await RefreshAsync(app, later.Refresh);
        (await MeAsync(app, last.Access)).ShouldBe(HttpStatusCode.OK);
        (await app.Get<SigningKeyStore>().ListAsync(CallerKind.Person, default)).Count.ShouldBe(1);
    }

    [Fact]
    public void Keys_made_in_one_moment_have_ids_of_their_own()
    {
        using var app = new PlatformApp().With(new FakeClock());
        var keys = app.Get<SigningKeyStore>();
        Enumerable.Range(0, 1000).Select(_ => keys.Stage(new WriteBatch(), CallerKind.Staff, DateTimeOffset.UtcNow)).ShouldBeUnique();
    }

    [Fact]
    public async Task Signing_keys_are_renewed_by_the_calendar_and_only_by_who_may()
    {
        var clock = new FakeClock();
        using var app = new PlatformApp().With(clock);
        var rotate = app.Get<RotateSigningKeys>();
        (await rotate.OnScheduleAsync(default)).ShouldBe(0);
        clock.Step(TimeSpan.FromDays(91));
        (await rotate.OnScheduleAsync(default)).ShouldBe(2);
        (await rotate.OnScheduleAsync(default)).ShouldBe(0);
        (await rotate.RunAsync(new Caller { Kind = CallerKind.Staff, UserId = Ids.New(), StaffRole = StaffRole.Admin }, default)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    [Fact]
    public async Task A_token_of_a_key_that_is_over_is_refused()
    {
        using var app = new PlatformApp();
        await app.SignUpAsync();
        var tokens = app.Get<AccessTokens>();
        var now = app.Get<TimeProvider>().GetUtcNow();
        OpenSigningKey Key(string id, TimeSpan ago) => new(id, new byte[32], now - ago, now - ago);
        tokens.Good([Key("a", TimeSpan.FromDays(2)), Key("b", TimeSpan.FromMinutes(66)), Key("c", TimeSpan.FromMinutes(64)), Key("d", TimeSpan.FromMinutes(-1))]).Select(k => k.Id).ShouldBe(["b", "c", "d"]);
    }

    [Fact]
    public async Task The_master_key_changes_and_everything_still_opens_without_the_old_one()
    {
        string token, cookie, email;
        using (var app = On(_folder))
        {
            var ada = await app.SignUpAsync();
            (token, email) = (ada.AccessToken, ada.Email);
            await (await ada.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox" })).ReadAsync();
            cookie = app.Get<IDataProtectionProvider>().CreateProtector("cookie").Protect("signed in");
            var answer = await SendAsync(ada.Client, "kept-1");
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
        MasterKey.Rotate(_folder, DateTimeOffset.UnixEpoch);
        using (var app = On(_folder))
        {
            (await MeAsync(app, token)).ShouldBe(HttpStatusCode.OK);
            var seal = app.Get<SealAgain>();
            seal.HasOlderKeys.ShouldBeTrue();
            var done = (await seal.RunAsync(Caller.Platform, default)).Unwrap();
            done.Sum(k => k.Lost).ShouldBe(0);
            done.ShouldAllBe(k => k.Old == 0);
            (await seal.RunAsync(Caller.Platform, default)).Unwrap().Sum(k => k.Changed).ShouldBe(0);
        }
        MasterKey.ForgetPrevious(_folder);
        using (var app = On(_folder))
        {
            app.Get<ISecretBox>().KeyIds.Count.ShouldBe(1);
            (await MeAsync(app, token)).ShouldBe(HttpStatusCode.OK);
            app.Get<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(cookie).ShouldBe("signed in");
            var client = Client(app, token);
            (await (await SendAsync(client, "kept-1")).ReadAsync()).GetProperty("text").GetString().ShouldBe("once");
            var channel = (await (await client.GetAsync("/api/v1/social-accounts")).ReadAsync()).GetProperty("items")[0].GetProperty("id").GetString();
            (await client.PostAsync($"/api/v1/social-accounts/{channel}/check", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
            var verdict = (await app.Get<VerifyAudit>().WholeAsync(Caller.Platform, default)).Unwrap();
            verdict.Faults.ShouldBeEmpty();
            verdict.Entries.ShouldBeGreaterThan(0);
            email.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task A_value_that_no_key_opens_is_counted_and_does_not_stop_the_others()
    {
        using var app = On(_folder);
        var ada = await app.SignUpAsync();
        for (var i = 0; i < 2; i++) { await (await ada.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox" })).ReadAsync(); }
        var channels = app.Get<IDocumentStore>().ForPlatform<Channel>(Caller.Platform);
        var first = (await channels.FirstAsync(_ => true))!;
        await channels.UpdateOneAsync(c => c.Id == first.Id, new Update<Channel>().Set(c => c.Sealed, "v1.00000000.AAAA"));
        var kind = app.Services.GetServices<ISealedRecords>().Single(k => k.Type == typeof(Channel));
        (await kind.SealAgainAsync(default)).ShouldBe(new SealedAgain(0, 1));
        (await kind.CountOldAsync(default)).ShouldBe(1);
    }

    [Fact]
    public void Every_sealed_member_is_declared_so_that_the_master_key_can_change()
    {
        using var app = new PlatformApp();
        var declared = app.Services.GetServices<ISealedRecords>().Select(k => $"{k.Type.Name}.{k.Member}").ToHashSet();
        Undeclared(typeof(Program).Assembly.GetTypes(), declared).ShouldBeEmpty();
        Undeclared([typeof(Forgotten)], declared).ShouldBe(["Forgotten.SealedThing"]);
    }

    [Fact]
    public async Task The_commands_change_the_key_and_finish()
    {
        using (var app = On(_folder)) { await app.SignUpAsync(); }
        var before = await File.ReadAllTextAsync(Path.Combine(_folder, "keys", "master.key"));
        var (code, output) = await AppProcess.CommandAsync(_folder, "rotate-keys");
        code.ShouldBe(0, output);
        (await File.ReadAllTextAsync(Path.Combine(_folder, "keys", "master.key"))).ShouldNotBe(before);
        Directory.GetFiles(Path.Combine(_folder, "keys", "previous")).Length.ShouldBe(1);
        (code, output) = await AppProcess.CommandAsync(_folder, "rotate-keys", "finish");
        code.ShouldBe(0, output);
        Directory.GetFiles(Path.Combine(_folder, "keys", "previous")).ShouldBeEmpty();
        output.ShouldNotContain(before);
    }

    private static IEnumerable<string> Undeclared(IEnumerable<Type> types, HashSet<string> declared) => types.Where(t => t.IsSubclassOf(typeof(Document)) && !t.IsAbstract)
        .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(string) && (p.Name.StartsWith("Sealed", StringComparison.Ordinal) || p.Name == "PendingSecret")).Select(p => $"{t.Name}.{p.Name}"))
        .Where(member => !declared.Contains(member));

    private sealed record Forgotten : Document { public string SealedThing { get; init; } = ""; }

    // The apps after one another share the folder, so that is where their records must be.
    private static PlatformApp On(string folder) => new PlatformApp().With("Platform:DataDirectory", folder).With("Storage:Engine", "Sqlite");

    private static HttpClient Client(PlatformApp app, string token)
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<HttpStatusCode> MeAsync(PlatformApp app, string token) => (await Client(app, token).GetAsync("/api/v1/auth/me")).StatusCode;

    private static Task<HttpResponseMessage> Rotate(TestStaff staff) => staff.Client.PostAsync("/api/v1/admin/keys/signing/rotate", null);

    private static async Task<IEnumerable<string?>> StatesAsync(TestStaff staff) =>
        [.. (await (await staff.Client.GetAsync("/api/v1/admin/keys")).ReadAsync()).GetProperty("signing").EnumerateArray().Select(k => k.GetProperty("state").GetString())];

    private static async Task<(string Access, string Refresh)> RefreshAsync(PlatformApp app, string refreshToken)
    {
        var body = await (await app.CreateClient().PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken })).ReadAsync();
        return (body.GetProperty("accessToken").GetString()!, body.GetProperty("refreshToken").GetString()!);
    }

    private static string KidOf(string token) => new JsonWebToken(token).Kid;

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/content") { Content = JsonContent.Create(new { text = "once", channelIds = Array.Empty<string>() }) };
        request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }
}
