using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Benchmarks.Running.Circuits;

/// <summary>
/// An open page without a browser: gets the prerendered page, begins the circuit that its markers name, acknowledges every drawing and answers the calls that
/// the server makes to scripts, as blazor.web.js does, over the protocol "blazorpack".
/// </summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private static readonly Dictionary<string, string> NoHeaders = [];
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<object?>> _waiting = [];
    private readonly CancellationTokenSource _end = new();
    private long _interop;
    private int _calls;
    private Task _reading = Task.CompletedTask;

    /// <summary>The handlers that were drawn last, by the name of their event.</summary>
    public ConcurrentDictionary<string, long> Handlers { get; } = [];

    /// <summary>Bytes that came from the server.</summary>
    public long Received { get; private set; }

    /// <summary>Opens a page; returns when the server says that its components are in.</summary>
    public static async Task<Circuit> OpenAsync(HttpClient client, string url, string? cookie, int seconds = 120)
    {
        var circuit = new Circuit();
        try
        {
            var html = await GetAsync(client, url, cookie);
            var negotiated = await NegotiateAsync(client, url, cookie);
            if (cookie is not null) { circuit._socket.Options.SetRequestHeader("Cookie", cookie); }
            circuit._socket.Options.SetRequestHeader("Origin", url);
            await circuit._socket.ConnectAsync(new Uri($"{url.Replace("http", "ws", StringComparison.Ordinal)}/_blazor?id={Uri.EscapeDataString(negotiated)}"), CancellationToken.None);
            await circuit._socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            await circuit.ReceiveAsync(); // the handshake's answer
            circuit._reading = Task.Run(circuit.ReadAsync);
            await circuit.StartAsync(url, html).WaitAsync(TimeSpan.FromSeconds(seconds));
            return circuit;
        }
        catch { await circuit.DisposeAsync(); throw; }
    }

    /// <summary>Fires a handler; milliseconds until the server says that it is done, drawing included.</summary>
    public async Task<double> FireAsync(string name)
    {
        var (start, call) = (Stopwatch.GetTimestamp(), Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture));
        var done = _waiting[call] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var arguments = $$"""[{"eventHandlerId":{{Handlers[name]}},"eventName":"{{name[2..]}}","eventFieldInfo":null},{"type":"{{name[2..]}}","detail":1,"screenX":0,"screenY":0,"clientX":0,"clientY":0,"offsetX":0,"offsetY":0,"pageX":0,"pageY":0,"movementX":0,"movementY":0,"button":0,"buttons":0,"ctrlKey":false,"shiftKey":false,"altKey":false,"metaKey":false}]""";
        await SendAsync("BeginInvokeDotNetFromJS", call, null, "DispatchEventAsync", Interlocked.Read(ref _interop), arguments);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Goes to another address within the app, as a click on a link does; milliseconds until the server has drawn it.</summary>
    public async Task<double> GoAsync(string address)
    {
        var (start, call) = (Stopwatch.GetTimestamp(), "nav" + Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture));
        var done = _waiting[call] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await FrameAsync(Pack.Frame(1, NoHeaders, call, "OnLocationChanged", new object?[] { address, null, false }, Array.Empty<object?>()));
        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Lets the server put the circuit away and keep its state only (as a page in the background does); whether it did.</summary>
    public async Task<bool> PauseAsync()
    {
        var done = _waiting["pause"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await FrameAsync(Pack.Frame(1, NoHeaders, "pause", "PauseCircuit", Array.Empty<object?>(), Array.Empty<object?>()));
        return await done.Task.WaitAsync(TimeSpan.FromSeconds(60)) is true;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _socket.Abort();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _end.Dispose();
    }

    private static async Task<string> GetAsync(HttpClient client, string url, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url + "/");
        if (cookie is not null) { request.Headers.Add("Cookie", cookie); }
        request.Headers.Add("Accept", "text/html");
        using var answer = await client.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    private static async Task<string> NegotiateAsync(HttpClient client, string url, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/_blazor/negotiate?negotiateVersion=1");
        if (cookie is not null) { request.Headers.Add("Cookie", cookie); }
        request.Headers.Add("Origin", url);
        using var answer = await client.SendAsync(request);
        return JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement.GetProperty("connectionToken").GetString()!;
    }

    private async Task StartAsync(string url, string html)
    {
        var markers = Marker().Matches(html).Select(m => m.Groups[1].Value).Where(m => m.Contains("\"descriptor\"", StringComparison.Ordinal)).ToList();
        if (markers.Count == 0) { throw new InvalidOperationException($"the page has no interactive component: {html[..Math.Min(500, html.Length)]}"); }
        var state = State().Match(html).Groups[1].Value;
        var started = _waiting["start"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await FrameAsync(Pack.Frame(1, NoHeaders, "start", "StartCircuit", new object?[] { url + "/", url + "/", "[]", "" }, Array.Empty<object?>()));
        if (await started.Task is not string) { throw new InvalidOperationException("the server began no circuit"); }
        var operations = string.Join(',', markers.Select((m, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{m}}}"""));
        await SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{operations}}]}""", state);
        await _drawn.Task;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                foreach (var message in Pack.Messages(await ReceiveAsync())) { await HearAsync(message); }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or InvalidOperationException or ObjectDisposedException)
        {
            _drawn.TrySetException(e);
            foreach (var waiting in _waiting.Values) { waiting.TrySetException(e); }
        }
    }

    private async Task HearAsync(List<object?> message)
    {
        switch (message[0])
        {
            case 1L: await CalledAsync((string)message[3]!, (List<object?>)message[4]!); break;
            case 3L: Completed(message); break;
            case 6L: await FrameAsync(Pack.Frame(6)); break;
            case 7L: throw new IOException($"the server closed the connection: {message[1]}");
            default: break;
        }
    }

    private void Completed(List<object?> message)
    {
        if (!_waiting.TryRemove((string)message[2]!, out var waiting)) { return; }
        if (message[3] is 1L) { waiting.TrySetException(new IOException($"the server says: {message[4]}")); } else { waiting.TrySetResult(message.Count > 4 ? message[4] : null); }
    }

    private async Task CalledAsync(string method, List<object?> arguments)
    {
        switch (method)
        {
            case "JS.RenderBatch":
                foreach (var handler in RenderBatch.Handlers((byte[])arguments[1]!)) { Handlers[handler.Event] = handler.Id; }
                await SendAsync("OnRenderCompleted", arguments[0], null);
                break;
            case "JS.BeginInvokeJS": await AnswerAsync((long)arguments[0]!, (string)arguments[1]!, (string)arguments[2]!, (long)arguments[3]!); break;
            case "JS.EndUpdateRootComponents": _drawn.TrySetResult(); break;
            case "JS.EndInvokeDotNet":
                if (_waiting.TryRemove((string)arguments[0]!, out var waiting)) { if (arguments[1] is true) { waiting.TrySetResult(arguments[2]); } else { waiting.TrySetException(new IOException($"{arguments[2]}")); } }
                break;
            case "JS.Error": throw new IOException($"the circuit failed: {arguments[0]}");
            default: break; // attaching, navigating: nothing to do without a document
        }
    }

    // A script's result: a handle where one is asked for (a module), else nothing.
    private async Task AnswerAsync(long handle, string identifier, string arguments, long resultType)
    {
        if (identifier == "Blazor._internal.attachWebRendererInterop") { Interlocked.Exchange(ref _interop, DotNetObject().Match(arguments) is { Success: true } found ? long.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0); }
        if (handle == 0) { return; }
        var result = resultType == 1 ? $$"""{"__jsObjectId":{{handle}}}""" : "null";
        await SendAsync("EndInvokeJSFromDotNet", handle, true, $"[{handle},true,{result}]");
    }

    private Task SendAsync(string method, params object?[] arguments) => FrameAsync(Pack.Frame(1, NoHeaders, null, method, arguments, Array.Empty<object?>()));

    private async Task FrameAsync(byte[] frame)
    {
        await _sending.WaitAsync();
        try { await _socket.SendAsync(frame, WebSocketMessageType.Binary, true, _end.Token); }
        finally { _sending.Release(); }
    }

    private async Task<byte[]> ReceiveAsync()
    {
        var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
            if (part.MessageType == WebSocketMessageType.Close) { throw new IOException("the server ended the connection"); }
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) { Received += whole.Length; return whole.ToArray(); }
        }
    }

    [GeneratedRegex(@"<!--Blazor:(\{.*?\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex(@"<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();

    [GeneratedRegex("\"__dotNetObject\":(\\d+)")]
    private static partial Regex DotNetObject();
}
