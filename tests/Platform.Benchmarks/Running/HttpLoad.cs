using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Platform.Benchmarks.Running;

/// <summary>What a load brought.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="Middle">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="Count">Answers.</param>
internal sealed record LoadResult(double Rate, double Middle, double P99, int Count);

/// <summary>
/// Drives a server with ready-made requests over bare sockets, each connection one request after the other, in a process of its own: a client as heavy as
/// HttpClient would be the limit itself. Any answer but 2xx ends the run as failed.
/// </summary>
internal sealed class HttpLoad : IDisposable
{
    private readonly Child _child = Child.Self(Child.Around, Roles.Load);

    /// <summary>Sends requests, over and over, for so long.</summary>
    public async Task<LoadResult> RunAsync(string url, IReadOnlyList<string> requests, int connections, double seconds)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, requests.Select(r => Convert.ToBase64String(Encoding.UTF8.GetBytes(r))));
        _child.Say(string.Create(CultureInfo.InvariantCulture, $"{new Uri(url).Port} {connections} {seconds} {file}"));
        var said = (await _child.HearAsync("load ", (int)seconds + 60)).Split(' ');
        File.Delete(file);
        double Number(int at) => double.Parse(said[at], CultureInfo.InvariantCulture);
        return said[0] == "failed" ? throw new InvalidOperationException($"{url}: {string.Join(' ', said)}") : new(Number(0), Number(1), Number(2), (int)Number(3));
    }

    /// <summary>A request as it goes over the wire.</summary>
    public static string Request(string method, string path, string? token = null, string? body = null, string? cookie = null) => string.Concat(
        $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {(cookie is null ? "application/json" : "text/html")}\r\n",
        token is null ? "" : $"Authorization: Bearer {token}\r\n", cookie is null ? "" : $"Cookie: {cookie}\r\n",
        body is null ? "" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", "\r\n", body);

    public void Dispose() => _child.Dispose();

    /// <summary>The process's side.</summary>
    public static async Task ServeAsync()
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ');
            var requests = File.ReadLines(parts[3]).Select(Convert.FromBase64String).ToList();
            var (port, connections, length) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(parts[2], CultureInfo.InvariantCulture)));
            try
            {
                var watch = Stopwatch.StartNew();
                var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(n => Task.Run(() => DriveAsync(port, requests, n, watch, length))));
                var sorted = all.SelectMany(a => a).Order().ToList();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load {sorted.Count / watch.Elapsed.TotalSeconds} {Spread.Percentile(sorted, 0.5)} {Spread.Percentile(sorted, 0.99)} {sorted.Count}"));
            }
            catch (Exception e) when (e is IOException or SocketException or InvalidOperationException) { Console.WriteLine($"load failed {e.Message.ReplaceLineEndings(" ")}"); }
        }
    }

    private static async Task<List<double>> DriveAsync(int port, List<byte[]> requests, int from, Stopwatch watch, TimeSpan length)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port);
        var (took, buffer) = (new List<double>(), new byte[256 * 1024]);
        for (var i = from; watch.Elapsed < length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await socket.SendAsync(requests[i % requests.Count]);
            await AnswerAsync(socket, buffer);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return took;
    }

    private static async Task AnswerAsync(Socket socket, byte[] buffer)
    {
        var (have, head) = (0, -1);
        while (head < 0)
        {
            have += await ReceiveAsync(socket, buffer.AsMemory(have));
            head = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
        }
        var headers = Encoding.ASCII.GetString(buffer, 0, head);
        if (headers[9] != '2') { throw new InvalidOperationException(headers[..Math.Min(300, headers.Length)] + Encoding.UTF8.GetString(buffer, head, Math.Min(300, have - head))); }
        if (headers.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            var tail = buffer.AsSpan(Math.Max(0, have - 5), Math.Min(5, have)).ToArray();
            while (!tail.AsSpan().SequenceEqual("0\r\n\r\n"u8))
            {
                var more = await ReceiveAsync(socket, buffer);
                tail = more >= 5 ? buffer[(more - 5)..more] : [.. tail[more..], .. buffer[..more]];
            }
            return;
        }
        var at = headers.IndexOf("Content-Length:", StringComparison.OrdinalIgnoreCase);
        var left = (at < 0 ? 0 : int.Parse(headers.AsSpan(at + 15, headers.IndexOf('\r', at) is var end && end < 0 ? headers.Length - at - 15 : end - at - 15), CultureInfo.InvariantCulture)) - (have - head - 4);
        while (left > 0) { left -= await ReceiveAsync(socket, buffer.AsMemory(0, Math.Min(left, buffer.Length))); }
    }

    private static async Task<int> ReceiveAsync(Socket socket, Memory<byte> into) =>
        await socket.ReceiveAsync(into) is > 0 and var read ? read : throw new IOException("the server closed the connection");
}
