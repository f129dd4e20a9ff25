using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Benchmarks;

namespace Platform.Benchmarks.Running;

/// <summary>Somebody with an account and an organization of their own, who came in by the front door.</summary>
internal sealed partial record ApiPerson(string Token, string Cookie, IReadOnlyList<string> Posts)
{
    private const string Password = "Violet-Kettle-Harbour-73";

    /// <summary>Registers, signs in as a browser would, and writes so many drafts.</summary>
    public static async Task<ApiPerson> JoinAsync(string url, int number, int posts)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(2) };
        var email = $"p{number}-{Guid.NewGuid():N}@benchmark.test";
        var made = await PostAsync(client, "/api/v1/auth/register", new { email, password = Password, firstName = "Ada", lastName = "Lovelace", organizationName = $"Load {number}" });
        var token = made.GetProperty("accessToken").GetString()!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var ids = new List<string>();
        for (var i = 0; i < posts; i++) { ids.Add((await PostAsync(client, "/api/v1/content", new { text = BenchmarkPost.Sample })).GetProperty("id").GetString()!); }
        client.DefaultRequestHeaders.Authorization = null;
        return new(token, await SignInAsync(client, email), ids);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement.Clone() : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    // The form of the page, as a browser posts it.
    private static async Task<string> SignInAsync(HttpClient client, string email)
    {
        using var page = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));
        var html = await page.Content.ReadAsStringAsync();
        var form = Hidden().Matches(html).Select(m => new KeyValuePair<string, string>(m.Groups[1].Value, m.Groups[2].Value)).DistinctBy(p => p.Key).ToDictionary(p => p.Key, p => p.Value);
        (form["Form.Email"], form["Form.Password"]) = (email, Password);
        form["_handler"] = Handler().Match(html).Groups[1].Value is { Length: > 0 } handler ? handler : "sign-in";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Cookie", Cookies(page));
        using var answer = await client.SendAsync(request);
        return Cookies(answer) is { Length: > 0 } cookies && cookies.Contains("platform=", StringComparison.Ordinal) ? cookies : throw new InvalidOperationException($"sign-in: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static string Cookies(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var all) ? string.Join("; ", all.Select(c => c.Split(';')[0])) : "";

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"_handler\" value=\"([^\"]+)\"")]
    private static partial Regex Handler();
}
