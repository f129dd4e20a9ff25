using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Tests.Networks.Outbound;

/// <summary>A server on a real socket that does with each connection exactly what a test says, and remembers what arrived.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Exchange, Task> _script;
    private readonly List<string> _received = [];
    private readonly Task _loop;

    public RawServer(Func<Exchange, Task> script)
    {
        _script = script;
        _listener.Start();
        _loop = RunAsync();
    }

    public static RawServer Answering(string response) => new(async e => { await e.ReadRequestAsync(); await e.WriteAsync(response); });

    /// <summary>Answers by the first route whose method and path the request begins with ("POST /x"); a null answer resets the connection. Anything else gets 404.</summary>
    public static RawServer Routing(params (string Route, string? Answer)[] routes) => new(async e =>
    {
        var request = await e.ReadRequestAsync();
        var (route, answer) = routes.FirstOrDefault(r => request.StartsWith(r.Route, StringComparison.Ordinal));
        if (route is null) { await e.WriteAsync(Response(404, """{"error":"NotFound"}""")); }
        else if (answer is null) { e.Reset(); }
        else { await e.WriteAsync(answer); }
    });

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    public IReadOnlyList<string> Received { get { lock (_received) { return [.. _received]; } } }

    public Uri Url(string path = "/", string host = "127.0.0.1") => new($"http://{host}:{Port}{path}");

    public static string Response(int status, string body, params string[] headers) =>
        $"HTTP/1.1 {status} X\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _loop;
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_end.Token);
                Connections++;
                using var exchange = new Exchange(socket, this, _end.Token);
                await RunOneAsync(exchange);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task RunOneAsync(Exchange exchange)
    {
        try { await _script(exchange); }
        catch (Exception gone) when (gone is IOException or SocketException) { /* the client has gone */ }
    }

    internal sealed class Exchange(Socket socket, RawServer server, CancellationToken end) : IDisposable
    {
        private readonly NetworkStream _stream = new(socket);

        public void Dispose() => _stream.Dispose();

        public int Number => server.Connections;

        /// <summary>Reads one request (headers and the whole body); "" where the client hung up first.</summary>
        public async Task<string> ReadRequestAsync()
        {
            using var bytes = new MemoryStream();
            var buffer = new byte[65_536];
            while (!Complete(bytes))
            {
                var read = await _stream.ReadAsync(buffer, end);
                if (read == 0) { break; }
                bytes.Write(buffer, 0, read);
            }
            var text = Encoding.UTF8.GetString(bytes.ToArray());
            lock (server._received) { if (text.Length > 0) { server._received.Add(text); } }
            return text;
        }

        public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

        public async Task WriteAsync(byte[] bytes) => await _stream.WriteAsync(bytes, end);

        public void Reset() { socket.LingerState = new LingerOption(true, 0); socket.Close(); }

        public Task WaitForClientAsync() => _stream.ReadAsync(new byte[1], end).AsTask();

        private static bool Complete(MemoryStream bytes)
        {
            var text = Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0) { return false; }
            if (text.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)) { return text.EndsWith("0\r\n\r\n", StringComparison.Ordinal); }
            var length = text[..head].Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } l
                ? int.Parse(l.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
            return text.Length - head - 4 >= length;
        }
    }
}
