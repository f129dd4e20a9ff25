using System.Diagnostics;
using System.Net.Http.Headers;
using Platform.Benchmarks.Running.Circuits;

namespace Platform.Benchmarks.Running;

/// <summary>People who come at a pace of their own, whether the server keeps up or not.</summary>
internal sealed class Load(HttpClient client, string url, IReadOnlyList<ApiPerson> people)
{
    public HttpClient Client => client;

    public string Url => url;

    /// <summary>So many API requests a second; how long each took in milliseconds, sorted.</summary>
    public Task<List<double>> ApiAsync(double rate, int seconds) => PacedAsync(rate, seconds, RequestAsync);

    /// <summary>So many events a second, over all pages in turn.</summary>
    public static Task<List<double>> PagesAsync(IReadOnlyList<Circuit> pages, string url, double rate, int seconds) => PacedAsync(rate, seconds, async n => await pages[n % pages.Count].GoAsync($"{url}/?at={n}"));

    private async Task<double> RequestAsync(int number)
    {
        var (person, start) = (people[number % people.Count], Stopwatch.GetTimestamp());
        using var request = new HttpRequestMessage(HttpMethod.Get, number % 4 == 3 ? $"{url}/api/v1/content?limit=25" : $"{url}/api/v1/content/{person.Posts[number % person.Posts.Count]}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", person.Token);
        using var answer = await client.SendAsync(request);
        await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<List<double>> PacedAsync(double rate, int seconds, Func<int, Task<double>> one)
    {
        var (watch, running) = (Stopwatch.StartNew(), new List<Task<double>>());
        for (var n = 0; n < rate * seconds; n++)
        {
            var due = TimeSpan.FromSeconds(n / rate) - watch.Elapsed;
            if (due > TimeSpan.Zero) { await Task.Delay(due); }
            var number = n;
            running.Add(Task.Run(() => one(number)));
        }
        return [.. (await Task.WhenAll(running)).Order()];
    }
}
