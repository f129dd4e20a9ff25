using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>
/// S2: every route for every kind of caller, against the policies that the committed snapshots declare (Architecture/routes.txt says what a route asks for,
/// Security/roles.txt who has it), never against the code that decides.
/// </summary>
[Collection(SecurityCollection.Name)]
public sealed class RoleMatrixTests(SecurityWorld world, ITestOutputHelper output)
{
    private static readonly string Table = Path.Combine(PlatformApp.RepositoryRoot(), "tests", "Platform.Tests", "Security", "roles.txt");
    private static readonly string Snapshot = Path.Combine(PlatformApp.RepositoryRoot(), "tests", "Platform.Tests", "Architecture", "routes.txt");

    /// <summary>Open to the router, refused by itself: metrics answer only this machine, or who holds the token.</summary>
    private static readonly string[] GuardsItself = ["/metrics"];
    /// <summary>Policies that ask only what kind of caller it is.</summary>
    private static readonly string[] Doors = ["anyone", Platform.Api.Policies.SignedIn, Platform.Api.Policies.InPerson, Platform.Api.Policies.AnyStaff, Platform.Api.Policies.StaffSetup];
    private readonly Dictionary<string, HashSet<string>> _holders = ReadTable();

    [Fact]
    public async Task S2_every_route_for_every_caller()
    {
        var checks = new Checks("S2", output);
        var declared = File.ReadAllLines(Snapshot).Select(l => l.Split(' ', 3)).ToDictionary(p => $"{p[1]} {("/" + p[0].Trim('/'))}", p => p[2]);
        foreach (var route in Families.Roles(world.Routes))
        {
            if (!checks.That(declared.ContainsKey(route.Key), () => $"{route.Key} is not in Architecture/routes.txt")) { continue; }
            checks.That(declared[route.Key].Split(" + ").All(p => _holders.ContainsKey(p) || Doors.Contains(p)), () => $"{route.Key} ({declared[route.Key]}): a policy that this matrix does not know");
            foreach (var who in Families.Callers) { await CheckAsync(checks, route, declared[route.Key], who); }
        }
        checks.Report(nameof(S2_every_route_for_every_caller));
    }

    [Fact]
    public void S2_the_table_of_roles_is_the_committed_one()
    {
        var lines = Enum.GetValues<Permission>().Select(p => $"{p}: {string.Join(' ', Roles.With(p).Select(r => r.ToString()).Concat(Roles.StaffWith(p).Select(r => $"staff:{r}")))}").ToList();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") { File.WriteAllLines(Table, lines); return; }
        string.Join('\n', lines.Except(File.ReadAllLines(Table))).ShouldBeEmpty("If this change of rights is meant: UPDATE_SNAPSHOTS=1 dotnet test tests/Platform.Tests --filter FullyQualifiedName~S2_the_table");
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(404, "not_found")]
    public void S2_catches_a_route_that_lets_the_wrong_one_in(int status, string code)
    {
        Fits(Verdict.Stranger, status, code, isApi: true).ShouldBeFalse();
        Fits(Verdict.Lacks, status, code, isApi: true).ShouldBeFalse();
        Fits(Verdict.May, status, code, isApi: true).ShouldBeTrue();
        Fits(Verdict.May, 401, "unauthenticated", isApi: true).ShouldBeFalse();
    }

    private async Task CheckAsync(Checks checks, ApiRoute route, string declared, string who)
    {
        var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Fill());
        request.Headers.Accept.ParseAdd(route.IsApi ? "application/json" : "text/html");
        if (route.Writes && route.IsApi) { request.Content = route.TakesFile ? new MultipartFormDataContent { { new StringContent("x"), "none" } } : JsonContent.Create(new { }); }
        using var answer = await (await world.ClientAsync(who)).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var verdict = VerdictOf(declared, who, route.IsApi || route.Path.StartsWith("/media/", StringComparison.Ordinal));
        var status = (int)answer.StatusCode;
        var code = CodeOf(answer, text);
        if (GuardsItself.Contains(route.Path)) { verdict = Verdict.Lacks; }
        checks.That(Fits(verdict, status, code, route.IsApi), () => $"{route.Key} ({declared}) for {who}: {status} {code}, expected {verdict}");
        // Signing out and the like ended the caller's own session.
        if (route.Writes && status < 400) { world.Forget(who); }
    }

    private Verdict VerdictOf(string declared, string who, bool isApi)
    {
        if (declared == "anyone") { return Verdict.Anyone; }
        // Pages (not the files of the media library) know no API keys: to them its bearer is a stranger.
        if (who == "key" && !isApi) { return Verdict.Stranger; }
        var staff = who.StartsWith("staff:", StringComparison.Ordinal);
        var policies = declared.Split(" + ");
        var forStaff = policies.Any(Platform.Api.Policies.IsStaff);
        if (who == "anonymous" || staff != forStaff) { return Verdict.Stranger; }
        if (who == "key") { return policies.All(p => SecurityWorld.KeyScopes.Any(s => s.ToString() == p)) ? Verdict.May : Verdict.Lacks; }
        return policies.All(p => !_holders.TryGetValue(p, out var roles) || roles.Contains(who == "stranger" ? nameof(Role.Owner) : who)) ? Verdict.May : Verdict.Lacks;
    }

    private static bool Fits(Verdict verdict, int status, string code, bool isApi) => verdict switch
    {
        Verdict.Stranger => isApi ? status == 401 && code == "unauthenticated" : status == 401 || (status == 302 && code.Contains("sign-in", StringComparison.Ordinal)),
        Verdict.Lacks => status == 403,
        // A page for everyone may lead on to the sign-in (a step that came too late, a provider that is not there).
        Verdict.Anyone => !(status == 401 && code == "unauthenticated") && !(status == 403 && code is "forbidden" or "") && status < 500,
        // What comes after the door is the action's own answer: it does not exist, the body is not valid, done.
        _ => !(status == 401 && code == "unauthenticated") && !(status == 403 && code is "forbidden" or "") && !(status == 302 && code.Contains("/sign-in?", StringComparison.Ordinal)) && status < 500,
    };

    private static string CodeOf(HttpResponseMessage answer, string text)
    {
        if (answer.StatusCode == HttpStatusCode.Redirect) { return answer.Headers.Location!.ToString(); }
        return answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()! : "";
    }

    private static Dictionary<string, HashSet<string>> ReadTable() => !File.Exists(Table) ? [] : File.ReadAllLines(Table).Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1].Split(' ').ToHashSet());

    private enum Verdict { May, Lacks, Stranger, Anyone }
}
