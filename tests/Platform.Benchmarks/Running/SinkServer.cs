using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Benchmarks.Running;

/// <summary>A network that speaks as much of the Sandbox's API as publishing needs, notes when each call came and how often each key was accepted, and nothing else.</summary>
internal static class SinkServer
{
    private static Run _run = new(0);
    private static long _ids;

    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        Console.WriteLine($"listening {app.Urls.First()}");
        await Console.In.ReadToEndAsync(); // until the benchmark ends
    }

    private static Task AnswerAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("POST", "/sandbox/api/posts") => AcceptAsync(context, _run),
        ("GET", "/sandbox/api/posts") => FindAsync(context),
        ("POST", "/control/reset") => ResetAsync(context),
        ("GET", "/control/count") => context.Response.WriteAsync(_run.Accepted.Count.ToString(CultureInfo.InvariantCulture)),
        ("GET", "/control/log") => context.Response.WriteAsync(string.Join('\n', _run.Log.Select(c => $"{c.Key} {c.Arrived} {c.Accepted}"))),
        _ => NotFound(context),
    };

    // What has come is accepted, whether the caller still lives or not.
    private static async Task AcceptAsync(HttpContext context, Run run)
    {
        var (arrived, key) = (DateTime.UtcNow.Ticks, context.Request.Headers["Idempotency-Key"].ToString());
        await context.Request.Body.CopyToAsync(Stream.Null, CancellationToken.None);
        if (run.Delay > 0) { await Task.Delay(run.Delay, CancellationToken.None); }
        run.Log.Enqueue((key, arrived, DateTime.UtcNow.Ticks));
        run.Accepted.AddOrUpdate(key, 1, (_, times) => times + 1);
        context.Response.StatusCode = 201;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"id":"s{{Interlocked.Increment(ref _ids)}}","url":"https://sink.test/1"}""");
    }

    private static Task FindAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(_run.Accepted.ContainsKey(context.Request.Query["key"].ToString()) ? """{"posts":[{"id":"found","url":"https://sink.test/1"}]}""" : """{"posts":[]}""");
    }

    private static Task ResetAsync(HttpContext context)
    {
        _run = new(int.Parse(context.Request.Query["delay"].ToString(), CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private sealed record Run(int Delay)
    {
        public ConcurrentQueue<(string Key, long Arrived, long Accepted)> Log { get; } = [];
        public ConcurrentDictionary<string, int> Accepted { get; } = [];
    }
}
