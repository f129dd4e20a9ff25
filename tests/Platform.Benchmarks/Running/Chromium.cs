using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Platform.Benchmarks.Running;

/// <summary>What a browser saw of a page, in milliseconds; the shift as a score.</summary>
internal sealed record Painted(double Largest, double FirstByte, double Shift);

/// <summary>A browser that was just installed, driven over its debugging protocol (https://chromedevtools.github.io/devtools-protocol/).</summary>
internal sealed class Chromium : IDisposable
{
    private const string Watch = """
        window.seen = { lcp: 0, cls: 0 };
        new PerformanceObserver(l => { for (const e of l.getEntries()) window.seen.lcp = e.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
        new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.seen.cls += e.value; }).observe({ type: 'layout-shift', buffered: true });
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("benchmark-chromium-").FullName;
    private readonly ClientWebSocket _socket = new();
    private readonly Process _process;
    private int _calls;

    private Chromium(int port)
    {
        string[] arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", $"--user-data-dir={_folder}", $"--remote-debugging-port={port}", "--window-size=1440,900", "about:blank"];
        _process = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static string? Program => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <summary>Loads a page for the first time, until it is live and quiet.</summary>
    public static async Task<Painted> LoadAsync(string url, string cookie, int slower)
    {
        var port = Machine.FreePort();
        using var browser = new Chromium(port);
        await Machine.AnswersAsync($"http://127.0.0.1:{port}/json/version", () => "chromium");
        using var client = new HttpClient();
        var page = JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list"))).RootElement.EnumerateArray().First(t => t.GetProperty("type").GetString() == "page");
        await browser._socket.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), CancellationToken.None);
        await browser.CallAsync("Page.enable", "{}");
        await browser.CallAsync("Network.enable", "{}");
        await browser.CallAsync("Network.setCacheDisabled", "{\"cacheDisabled\":true}");
        foreach (var pair in cookie.Split("; ").Select(c => c.Split('=', 2))) { await browser.CallAsync("Network.setCookie", JsonSerializer.Serialize(new { name = pair[0], value = pair[1], url, path = "/", secure = pair[0].StartsWith("__Host-", StringComparison.Ordinal) })); }
        await browser.CallAsync("Emulation.setCPUThrottlingRate", JsonSerializer.Serialize(new { rate = slower }));
        await browser.CallAsync("Page.addScriptToEvaluateOnNewDocument", JsonSerializer.Serialize(new { source = Watch }));
        await browser.CallAsync("Page.navigate", JsonSerializer.Serialize(new { url = url + "/" }));
        var watch = Stopwatch.StartNew();
        while (await browser.EvaluateAsync("document.documentElement.hasAttribute('data-live')") != "true")
        {
            if (watch.Elapsed.TotalSeconds > 40) { throw new InvalidOperationException($"the page did not come alive: {await browser.EvaluateAsync("location.href + document.title + document.body.innerText.slice(0, 300)")}"); }
            await Task.Delay(250);
        }
        await Task.Delay(1500);
        double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
        return new(Number(await browser.EvaluateAsync("window.seen.lcp")), Number(await browser.EvaluateAsync("performance.getEntriesByType('navigation')[0].responseStart")), Number(await browser.EvaluateAsync("window.seen.cls")));
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (!_process.HasExited) { _process.Kill(entireProcessTree: true); }
        _process.WaitForExit();
        _process.Dispose();
        try { Directory.Delete(_folder, recursive: true); }
        catch (IOException) { /* a helper of it still writes there; the folder is a temporary one */ }
    }

    private async Task<string> EvaluateAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", JsonSerializer.Serialize(new { expression, returnByValue = true }));
        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value.GetRawText() : "";
    }

    private async Task<JsonElement> CallAsync(string method, string parameters)
    {
        var id = ++_calls;
        await _socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"id":{{id}},"method":"{{method}}","params":{{parameters}}}"""), WebSocketMessageType.Text, true, CancellationToken.None);
        while (true)
        {
            var answer = JsonDocument.Parse(await ReceiveAsync()).RootElement;
            if (!answer.TryGetProperty("id", out var number) || number.GetInt32() != id) { continue; }
            return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{method}: {answer}");
        }
    }

    private async Task<byte[]> ReceiveAsync()
    {
        var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) { return whole.ToArray(); }
        }
    }
}
