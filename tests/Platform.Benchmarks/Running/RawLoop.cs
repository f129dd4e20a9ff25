using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Platform.Benchmarks;

namespace Platform.Benchmarks.Running;

/// <summary>The limit: a bare C# loop that sends the same calls from memory, with no schedule, no store and no record of what it did.</summary>
internal static class RawLoop
{
    public static async Task ServeAsync(string url)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseCookies = false, UseProxy = false });
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var numbers = line.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
            var watch = Stopwatch.StartNew();
            await RunAsync(client, new Uri($"{url}/sandbox/api/posts"), numbers[0], numbers[1]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rate {numbers[0] / watch.Elapsed.TotalSeconds}"));
        }
    }

    private static async Task RunAsync(HttpClient client, Uri url, int posts, int concurrency)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number <= posts)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(new { text = BenchmarkPost.Sample }) };
                request.Headers.TryAddWithoutValidation("Idempotency-Key", $"raw-{number}");
                using var response = (await client.SendAsync(request)).EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync();
            }
        })));
    }
}
