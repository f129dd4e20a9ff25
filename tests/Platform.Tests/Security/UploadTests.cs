using System.Net;
using System.Net.Http.Headers;
using Platform.Tests.Features.Media;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>S9: names and types that people give to files decide nothing. What the bytes may be is held by Features/Media (MediaCleanerTests.Attacks, run on the cleaner and over HTTP).</summary>
[Collection(SecurityCollection.Name)]
public sealed class UploadTests(SecurityWorld world, ITestOutputHelper output)
{
    private static readonly string[] Names =
    [
        "../../../../etc/cron.d/x", "..\\..\\windows\\system32\\x.png", "/etc/passwd", "C:\\x.png", "x.png.exe", "x.php.png", "x.svg", "x.html", ".htaccess", "con.png", "x.png\0.html", "x.png%00.html", "....//....//x.png", "<script>alert(1)</script>.png", "\"><img src=x onerror=alert(1)>.png",
        "x\r\nSet-Cookie: a=b.png", "\u202Egnp.exe", "a;b=c.png", "%2e%2e%2fx.png", "file:///etc/passwd", "~/.ssh/authorized_keys", " ", "..", "x" + "y.png", "=cmd|'/c calc'!A1.png",
    ];

    private static readonly string[] Types = ["image/png", "text/html", "image/svg+xml", "application/javascript", "application/x-msdownload", "text/xml"];

    [Fact]
    public async Task S9_names_and_types_decide_nothing()
    {
        var checks = new Checks("S9", output);
        var owner = await world.ClientAsync("Owner");
        var before = Outside();
        foreach (var name in Names)
        {
            foreach (var type in Types)
            {
                using var form = new MultipartFormDataContent();
                var file = new ByteArrayContent(TestPictures.Png());
                file.Headers.ContentType = new MediaTypeHeaderValue(type);
                file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(name)}");
                form.Add(file);
                using var answer = await owner.PostAsync("/api/v1/media", form);
                await LookAsync(checks, owner, answer, $"{name} as {type}");
            }
        }
        checks.That(Outside().SetEquals(before), () => "an upload made a file outside of the media folder");
        checks.Report(nameof(S9_names_and_types_decide_nothing));
    }

    [Fact]
    public async Task S9_a_public_address_works_only_whole_and_gives_nothing_but_the_file()
    {
        var checks = new Checks("S9", output);
        var stranger = await world.ClientAsync("anonymous");
        var row = world.Rows.Read(world.House.OrganizationId).First(r => r.Collection == "media");
        var key = System.Text.Json.JsonDocument.Parse(row.Body).RootElement.GetProperty("publicKey").GetString()!;
        checks.That((await stranger.GetAsync($"/media/public/{row.Id}/{key}")).StatusCode == HttpStatusCode.OK, () => "the control: the whole address does not work");
        foreach (var wrong in (string[])[key[..63], key + "0", key[..63] + (key[63] == '0' ? '1' : '0'), key.ToUpperInvariant() + "x", new string('0', 64), "*"])
        {
            checks.That((await stranger.GetAsync($"/media/public/{row.Id}/{wrong}")).StatusCode == HttpStatusCode.NotFound, () => $"the key {wrong} is good");
        }
        foreach (var path in (string[])[$"/media/{row.Id}", $"/media/public/{row.Id}", "/media/", "/media/public/", "/data/media/", $"/media/..%2fplatform.db", "/media/%2e%2e/platform.db"])
        {
            using var answer = await stranger.GetAsync(path);
            checks.That(answer.StatusCode is not HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType is "text/html", () => $"{path}: {(int)answer.StatusCode}");
        }
        checks.Report(nameof(S9_a_public_address_works_only_whole_and_gives_nothing_but_the_file));
    }

    private static async Task LookAsync(Checks checks, HttpClient owner, HttpResponseMessage answer, string what)
    {
        checks.That((int)answer.StatusCode is 201 or 400, () => $"{what}: {(int)answer.StatusCode}");
        if (answer.StatusCode != HttpStatusCode.Created) { return; }
        var media = await answer.ReadAsync();
        var shown = media.GetProperty("fileName").GetString()!;
        checks.That(shown.EndsWith(".png", StringComparison.Ordinal) && shown.IndexOfAny(['/', '\\', '<', '>', '"', '\r', '\n', '\0']) < 0 && !shown.Contains('\u202E', StringComparison.Ordinal), () => $"{what}: kept as '{shown}'");
        using var served = await owner.GetAsync(media.GetProperty("url").GetString());
        checks.That(served.Content.Headers.ContentType?.MediaType == "image/png", () => $"{what}: served as {served.Content.Headers.ContentType}");
        checks.That(served.Headers.TryGetValues("Content-Security-Policy", out var policy) && policy.Single() == "default-src 'none'; sandbox", () => $"{what}: served without its sandbox");
        checks.That(served.Headers.TryGetValues("X-Content-Type-Options", out var sniff) && sniff.Single() == "nosniff", () => $"{what}: served to be guessed at");
        checks.That(!served.Headers.Contains("Set-Cookie"), () => $"{what}: a header came in with the name");
    }

    // Everything in the data folder that is not a picture in its organization's folder.
    private HashSet<string> Outside() => [.. Directory.EnumerateFiles(world.App.DataDirectory, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/media/", StringComparison.Ordinal)).Concat(
        Directory.EnumerateFiles(Path.GetTempPath()).Where(f => f.EndsWith(".png", StringComparison.Ordinal) || f.EndsWith(".html", StringComparison.Ordinal)))];
}
