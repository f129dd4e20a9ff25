using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Content.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.Features.Content;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>
/// One app for a family: a victim (the demo organization, which has records of nearly every kind), a house with a member of every role and records of its own,
/// and the staff. Its clock stands still, so nothing changes but what the tests change.
/// </summary>
public sealed class SecurityWorld : IAsyncLifetime
{
    /// <summary>The callers of the role matrix who are customers of the house, from least to most.</summary>
    public static readonly Role[] HouseRoles = [Role.Client, Role.Viewer, Role.Editor, Role.Manager, Role.Admin, Role.Owner];

    /// <summary>All that an API key can be made for; what needs a person is not.</summary>
    public static readonly Permission[] KeyScopes =
        [Permission.ContentRead, Permission.ContentWrite, Permission.ContentPublish, Permission.ChannelsManage, Permission.AnalyticsRead, Permission.AgentsUse, Permission.AgentsManage, Permission.AuditRead];

    private readonly Terminal _terminal = new();
    private readonly Dictionary<string, HttpClient> _clients = [];
    private readonly Dictionary<Role, TestCustomer> _people = [];

    /// <summary>The clock, which stands still.</summary>
    public FakeClock Clock { get; } = new();

    /// <summary>The app.</summary>
    public PlatformApp App { get; private set; } = null!;

    /// <summary>The OpenAPI document.</summary>
    public JsonElement Description { get; private set; }

    /// <summary>Every route.</summary>
    public IReadOnlyList<ApiRoute> Routes { get; private set; } = [];

    /// <summary>The organization that shall not be seen or touched, and its owner.</summary>
    public TestCustomer Victim { get; private set; } = null!;

    /// <summary>The organization that attacks: its owner.</summary>
    public TestCustomer House { get; private set; } = null!;

    /// <summary>The house's own records, by the name that bodies and paths call them.</summary>
    public Dictionary<string, string> OwnIds { get; } = new(StringComparer.Ordinal);

    /// <summary>Foreign ids that the house wrote into free texts of its own records.</summary>
    public HashSet<string> Written { get; } = new(StringComparer.Ordinal);

    /// <summary>What the victim alone knows, as it stood before any test wrote: what the house writes later (a foreign id in a free text) takes nothing away from it.</summary>
    public ForeignBytes Foreign { get; private set; } = null!;

    /// <summary>Makes bodies with the house's ids.</summary>
    public Bodies Bodies { get; private set; } = null!;

    /// <summary>The database, past the app.</summary>
    public StoredRows Rows { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        App = new PlatformApp().With(Clock).With("Demo:Enabled", "true").With("Accounts:AccessTokenMinutes", "60").With(services => services.AddSingleton<ICommandOutput>(_terminal));
        Description = JsonDocument.Parse(await App.CreateClient().GetStringAsync("/openapi/v1.json")).RootElement;
        Routes = ApiRoute.Read(App, Description);
        Rows = new StoredRows(App);
        Victim = await SignInAsync(_terminal.Lines[1].Trim(), _terminal.Lines[2].Trim());
        House = await App.SignUpAsync(organization: "House of Lanterns");
        foreach (var role in HouseRoles) { _people[role] = role == Role.Owner ? House : await JoinAsync(role); }
        await FillAsync(Victim, []);
        await FillAsync(House, OwnIds);
        Bodies = new Bodies(Description, OwnIds);
        Foreign = new ForeignBytes(Rows.About(Victim.OrganizationId), Rows.About(House.OrganizationId));
    }

    /// <summary>A client of a caller: <c>anonymous</c>, a role of the house, <c>stranger</c> (owner of the victim), <c>staff:Role</c>.</summary>
    public async Task<HttpClient> ClientAsync(string who)
    {
        if (_clients.TryGetValue(who, out var known)) { return known; }
        return _clients[who] = who switch
        {
            "anonymous" => App.CreateClient(new() { AllowAutoRedirect = false }),
            "key" => Bearer(await KeyAsync()),
            "stranger" => Bearer((await SignInAsync(Victim.Email, Victim.Password)).AccessToken),
            _ when who.StartsWith("staff:", StringComparison.Ordinal) => Bearer((await App.StaffAsync(Enum.Parse<StaffRole>(who[6..]))).AccessToken),
            _ => Bearer(await InHouseAsync(_people[Enum.Parse<Role>(who)])),
        };
    }

    /// <summary>Forgets a client whose session a test has ended.</summary>
    public void Forget(string who) => _clients.Remove(who);

    /// <summary>A client with this token.</summary>
    public HttpClient Bearer(string token)
    {
        var client = App.CreateClient(new() { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>The body of a good request to a route, as JSON; null where it takes none.</summary>
    public HttpContent? ContentFor(ApiRoute route) => route.Body is { } schema ? JsonContent.Create(Bodies.Make(schema)) : null;

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await App.DisposeAsync();

    private async Task<TestCustomer> SignInAsync(string email, string password)
    {
        var body = await (await App.CreateClient().PostAsJsonAsync("/api/v1/auth/login", new { email, password })).ReadAsync();
        return Customer(body, email, password);
    }

    private TestCustomer Customer(JsonElement body, string email, string password)
    {
        var token = body.GetProperty("accessToken").GetString()!;
        var caller = new Caller
        {
            Kind = CallerKind.Person, UserId = body.GetProperty("user").GetProperty("id").GetString(), Name = email,
            Organization = new OrganizationId(body.GetProperty("organization").GetProperty("id").GetString()!), Role = Role.Owner,
        };
        return new TestCustomer(Bearer(token), caller, token, body.GetProperty("refreshToken").GetString()!, email, password);
    }

    private async Task<TestCustomer> JoinAsync(Role role)
    {
        var person = await App.SignUpAsync(organization: $"Own house of {role}");
        var batch = new WriteBatch();
        App.Get<IMembershipImport>().Stage(batch, House.OrganizationId, person.UserId, role);
        (await App.Get<IDocumentStore>().CommitAsync(batch, default)).ShouldBeTrue();
        return person;
    }

    private async Task<string> InHouseAsync(TestCustomer person)
    {
        var signedIn = await (await App.CreateClient().PostAsJsonAsync("/api/v1/auth/login", new { email = person.Email, password = person.Password })).ReadAsync();
        var refreshToken = signedIn.GetProperty("refreshToken").GetString();
        var body = await (await App.CreateClient().PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken, organizationId = House.OrganizationId })).ReadAsync();
        body.GetProperty("organization").GetProperty("id").GetString().ShouldBe(House.OrganizationId);
        return body.GetProperty("accessToken").GetString()!;
    }

    // With every scope that a key may have.
    private async Task<string> KeyAsync()
    {
        var owner = Bearer(await InHouseAsync(House));
        await owner.PostAsJsonAsync("/api/v1/auth/confirm", new { password = House.Password });
        // Other tests of the family make keys too, and there is a limit.
        foreach (var old in (await (await owner.GetAsync("/api/v1/api-keys")).ReadAsync()).GetProperty("items").EnumerateArray()) { await owner.DeleteAsync($"/api/v1/api-keys/{old.GetProperty("id").GetString()}"); }
        var scopes = KeyScopes.Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.ToString())).ToList();
        var made = await owner.PostAsJsonAsync("/api/v1/api-keys", new { name = $"Key {Ids.New()}", scopes });
        return (await made.ReadAsync()).GetProperty("secret").GetString()!;
    }

    // What the demo lacks or the house needs: a channel, a post, one on its way, a picture, a run of an agent with its suggestion.
    private async Task FillAsync(TestCustomer who, Dictionary<string, string> ids)
    {
        // Named, so that neither organization's handle is the beginning of the other's.
        var channel = ContentFixture.Id(await (await who.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox", displayName = $"{who.UserId[^8..]} channel" })).ReadAsync());
        var post = ContentFixture.Id(await ContentFixture.CreateAsync(who, new { text = $"A plain post of {who.Email}", channelIds = new[] { channel } }));
        var planned = await ContentFixture.CreateAsync(who, new { text = $"A planned post of {who.Email}", channelIds = new[] { channel } });
        await (await who.Client.PostAsJsonAsync($"/api/v1/content/{ContentFixture.Id(planned)}/schedule", new { scheduledAt = "2026-12-24T18:00:00", timeZone = "Europe/Berlin" })).ReadAsync();
        var publication = (await ContentFixture.GetAsync(who, ContentFixture.Id(planned))).GetProperty("publications")[0].GetProperty("id").GetString()!;
        var handed = ContentFixture.Id(await ContentFixture.CreateAsync(who, new { text = $"A post of {who.Email} that waits", channelIds = new[] { channel } }));
        (await App.Get<SubmitPost>().RunAsync(who.Caller with { Role = Role.Editor }, new(handed, null), default)).Unwrap();
        await (await who.Client.PostAsJsonAsync($"/api/v1/content/{handed}/comments", new { text = $"Said by {who.Email}" })).ReadAsync();
        var media = ContentFixture.Id(await (await who.Client.PostAsync("/api/v1/media", Picture())).ReadAsync());
        await (await who.Client.PostAsJsonAsync("/api/v1/ai/generate-content", new { brief = $"Lanterns of {who.Email} for the winter", channelIds = new[] { channel } })).ReadAsync();
        await (await who.Client.PostAsJsonAsync("/api/v1/templates", new { name = $"Template of {who.Email}", text = $"Good morning from {who.Email}" })).ReadAsync();
        await (await who.Client.PostAsJsonAsync("/api/v1/hashtag-sets", new { name = $"Tags of {who.Email}", tags = new[] { "lanterns", "winter" } })).ReadAsync();
        foreach (var name in (string[])["channelId", "channelIds"]) { ids[name] = channel; }
        foreach (var name in (string[])["mediaId", "mediaIds"]) { ids[name] = media; }
        (ids["postId"], ids["publicationId"], ids["organizationId"], ids["userId"]) = (post, publication, who.OrganizationId, who.UserId);
    }

    private static MultipartFormDataContent Picture()
    {
        var file = new ByteArrayContent(Features.Media.TestPictures.Png());
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return new MultipartFormDataContent { { file, "file", "lantern.png" } };
    }

    private sealed class Terminal : ICommandOutput
    {
        public List<string> Lines { get; } = [];

        public void Say(string line) => Lines.Add(line);

        public void Complain(string line) => Lines.Add(line);
    }
}
