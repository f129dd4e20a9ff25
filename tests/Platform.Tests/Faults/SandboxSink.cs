using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Primitives;

namespace Platform.Tests.Faults;

/// <summary>How the sink treats one call.</summary>
internal enum SinkFault
{
    /// <summary>Accepts and answers.</summary>
    None,

    /// <summary>Accepts and answers after a moment.</summary>
    Slow,

    /// <summary>500 before accepting.</summary>
    Error500,

    /// <summary>503 before accepting.</summary>
    Error503,

    /// <summary>429 with Retry-After: 1.</summary>
    TooMany,

    /// <summary>Resets the connection before accepting.</summary>
    ResetBefore,

    /// <summary>Accepts, then resets the connection.</summary>
    ResetAfter,

    /// <summary>Accepts, then answers 502 as a gateway would.</summary>
    GatewayAfter,

    /// <summary>Accepts, then never answers.</summary>
    HangAfter,

    /// <summary>Accepts, then cuts the answer in the middle.</summary>
    Truncated,

    /// <summary>Never answers and never accepts.</summary>
    HangBefore,
}

/// <summary>A call that the network took.</summary>
internal sealed record AcceptedCall(string Key, string Text, string? Parent, string ChannelId, DateTimeOffset At, string Id);

/// <summary>What the network saw in one run; outlives every process that is killed in it.</summary>
internal sealed class SinkRun
{
    private int _ids;

    public ConcurrentQueue<(string Key, DateTimeOffset At)> Calls { get; } = [];
    public ConcurrentQueue<AcceptedCall> Accepted { get; } = [];

    /// <summary>From which address each call came.</summary>
    public ConcurrentQueue<(IPAddress? From, DateTimeOffset At)> Origins { get; } = [];

    /// <summary>How a call is treated: its text, and how many calls of its key there were before.</summary>
    public Func<string, int, SinkFault> Script { get; set; } = (_, _) => SinkFault.None;

    /// <summary>How long it takes.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Called when a call's headers are in; true: the rest is not taken.</summary>
    public Func<bool> OnHeaders { get; set; } = () => false;

    /// <summary>Called when a call was accepted and not answered; true: it never is.</summary>
    public Func<bool> OnAccepted { get; set; } = () => false;

    /// <summary>Access tokens that have ended: calls with them are refused until a new one is fetched.</summary>
    public ConcurrentDictionary<string, bool> Ended { get; } = [];

    /// <summary>Refresh tokens as they were used, each good for one use.</summary>
    public ConcurrentQueue<string> Refreshes { get; } = [];

    public string NextId() => $"s{Interlocked.Increment(ref _ids)}";
}

/// <summary>A network that speaks the Sandbox's HTTP API and keeps its own log, in this process.</summary>
internal sealed class SandboxSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _channels = [];

    private SandboxSink(WebApplication app) => _app = app;

    public SinkRun Run { get; private set; } = new();

    public string Url => _app.Urls.First();

    /// <summary>Starts one, at an address of this machine that need not be the loopback.</summary>
    public static async Task<SandboxSink> StartAsync(IPAddress? at = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{at ?? IPAddress.Loopback}:0");
        var sink = new SandboxSink(builder.Build());
        sink._app.MapPost("/sandbox/api/accounts", sink.ConnectAsync);
        sink._app.MapGet("/sandbox/api/account", sink.Account);
        sink._app.MapPost("/sandbox/api/token", sink.RefreshAsync);
        sink._app.MapPost("/sandbox/api/posts", sink.PublishAsync);
        sink._app.MapGet("/sandbox/api/posts", sink.Find);
        await sink._app.StartAsync();
        return sink;
    }

    /// <summary>Forgets what was; late calls of an earlier run stay in that run.</summary>
    public SinkRun NewRun() => Run = new();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> ConnectAsync(HttpRequest request)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
        var token = Ids.New();
        _channels[token] = body.GetProperty("channelId").GetString()!;
        return Results.Json(Shown(token));
    }

    private IResult Account(HttpRequest request) => Results.Json(Shown(TokenOf(request)));

    // A refresh token is spent by its use, as with the networks that turn them over; it takes long enough that two of them would meet.
    private async Task<IResult> RefreshAsync(HttpRequest request)
    {
        var spent = (await JsonSerializer.DeserializeAsync<JsonElement>(request.Body)).GetProperty("refreshToken").GetString()!;
        var known = Run.Refreshes.Contains(spent);
        Run.Refreshes.Enqueue(spent);
        await Task.Delay(400);
        if (known || !_channels.TryGetValue(spent["r-".Length..], out var channel)) { return Results.Json(new { error = "invalid_grant" }, statusCode: 400); }
        var token = Ids.New();
        _channels[token] = channel;
        return Results.Json(new { accessToken = token, refreshToken = $"r-{token}" });
    }

    /// <summary>The tokens of all channels.</summary>
    public IReadOnlyCollection<string> Tokens => [.. _channels.Keys];

    private async Task PublishAsync(HttpContext context)
    {
        if (Run.Ended.ContainsKey(TokenOf(context.Request))) { await Results.Json(new { error = "token_expired" }, statusCode: 401).ExecuteAsync(context); return; }
        var (run, key) = (Run, context.Request.Headers["Idempotency-Key"].ToString());
        var before = run.Calls.Count(c => c.Key == key);
        run.Calls.Enqueue((key, DateTimeOffset.UtcNow));
        run.Origins.Enqueue((context.Connection.RemoteIpAddress, DateTimeOffset.UtcNow));
        if (run.OnHeaders()) { context.Abort(); return; }
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        var text = body.GetProperty("text").GetString()!;
        var fault = run.Script(text, before);
        await Task.Delay(fault is SinkFault.Slow ? run.Latency * 20 : run.Latency);
        if (await RefuseAsync(context, fault)) { return; }
        var parent = body.TryGetProperty("parent", out var value) ? value.GetString() : null;
        var accepted = new AcceptedCall(key, text, parent, _channels[TokenOf(context.Request)], DateTimeOffset.UtcNow, run.NextId());
        run.Accepted.Enqueue(accepted);
        if (run.OnAccepted()) { context.Abort(); return; }
        await AnswerAsync(context, fault, accepted);
    }

    private static async Task<bool> RefuseAsync(HttpContext context, SinkFault fault)
    {
        switch (fault)
        {
            case SinkFault.Error500: context.Response.StatusCode = 500; return true;
            case SinkFault.Error503: context.Response.StatusCode = 503; return true;
            case SinkFault.TooMany: context.Response.StatusCode = 429; context.Response.Headers.RetryAfter = "1"; return true;
            case SinkFault.ResetBefore: context.Abort(); return true;
            case SinkFault.HangBefore: await HangAsync(context); return true;
            default: return false;
        }
    }

    private static async Task AnswerAsync(HttpContext context, SinkFault fault, AcceptedCall accepted)
    {
        switch (fault)
        {
            case SinkFault.ResetAfter: context.Abort(); return;
            case SinkFault.GatewayAfter: context.Response.StatusCode = 502; return;
            case SinkFault.HangAfter: await HangAsync(context); return;
            case SinkFault.Truncated:
                context.Response.StatusCode = 201;
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = 200;
                await context.Response.WriteAsync("{\"id\":\"");
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            default: await Results.Json(new { id = accepted.Id, url = $"https://sink.test/{accepted.Id}" }, statusCode: 201).ExecuteAsync(context); return;
        }
    }

    private static async Task HangAsync(HttpContext context)
    {
        try { await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted); }
        catch (OperationCanceledException) { context.Abort(); }
    }

    private IResult Find(string key) => Results.Json(new { posts = Run.Accepted.Where(a => a.Key == key).Select(a => new { id = a.Id, url = $"https://sink.test/{a.Id}" }) });

    private object Shown(string token) => new { id = $"a-{token}", handle = $"h{token[^8..]}", displayName = "Sink", url = "https://sink.test", accessToken = token, refreshToken = $"r-{token}" };

    private static string TokenOf(HttpRequest request) => request.Headers.Authorization.ToString()["Bearer ".Length..];
}
