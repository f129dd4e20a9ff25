using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Tests.Storage;

/// <summary>Stands between the engine and the server, and loses what a test wants lost: the answer to the next command that names a word, or everything.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener;
    private readonly List<TcpClient> _open = [];
    private readonly (string Host, int Port) _server;
    private volatile string? _word;
    private volatile bool _down;
    private volatile bool _holding;

    /// <summary>Stands before the server, at an address of this machine that need not be the loopback.</summary>
    public CuttingProxy(string uri, IPAddress? at = null)
    {
        _listener = new(at ?? IPAddress.Loopback, 0);
        var server = new Uri(uri);
        _server = (server.Host, server.Port);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Authority => _listener.LocalEndpoint.ToString()!;

    public string Uri => $"mongodb://{Authority}/?serverSelectionTimeoutMS=2000&heartbeatFrequencyMS=500";

    /// <summary>How many answers were lost.</summary>
    public int Lost { get; private set; }

    /// <summary>The next command that holds this word reaches the server, and its answer nobody.</summary>
    public void LoseAnswerTo(string word) => _word = word;

    /// <summary>Nothing passes, as when the server is gone.</summary>
    public bool IsDown
    {
        get => _down;
        set
        {
            _down = value;
            if (!value) { return; }
            lock (_open) { _open.ForEach(c => c.Dispose()); _open.Clear(); }
        }
    }

    /// <summary>Commands pass, answers wait here until they no longer must.</summary>
    public bool HoldsAnswers { get => _holding; set => _holding = value; }

    public void Dispose()
    {
        _holding = false;
        _listener.Dispose();
        IsDown = true;
    }

    private async Task AcceptAsync()
    {
        try { while (true) { _ = ServeAsync(await _listener.AcceptTcpClientAsync()); } }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            if (_down) { return; }
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port);
                lock (_open) { _open.Add(client); _open.Add(server); }
                var cut = new StrongBox();
                await Task.WhenAny(ForthAsync(client.GetStream(), server.GetStream(), cut), BackAsync(server.GetStream(), client.GetStream(), cut));
            }
            catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or InvalidOperationException) { }
        }
    }

    private async Task ForthAsync(NetworkStream from, NetworkStream to, StrongBox cut)
    {
        var buffer = new byte[65536];
        for (int read; (read = await from.ReadAsync(buffer)) > 0;)
        {
            if (_word is { } word && buffer.AsSpan(0, read).IndexOf(Encoding.ASCII.GetBytes(word)) >= 0) { (_word, cut.Value) = (null, true); }
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private async Task BackAsync(NetworkStream from, NetworkStream to, StrongBox cut)
    {
        var buffer = new byte[65536];
        for (int read; (read = await from.ReadAsync(buffer)) > 0;)
        {
            if (cut.Value) { Lost++; return; }
            while (_holding) { await Task.Delay(5); }
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private sealed class StrongBox { public volatile bool Value; }
}
