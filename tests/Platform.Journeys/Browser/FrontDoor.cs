using System.Net;
using System.Net.Sockets;

namespace Platform.Journeys.Browser;

/// <summary>One address before several copies of the app, as a load balancer has: each connection goes to the first copy in the list that takes it.</summary>
public sealed class FrontDoor : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IReadOnlyList<Uri> _copies;

    /// <summary>Opens it before these copies.</summary>
    public FrontDoor(params IReadOnlyList<AppProcess> copies)
    {
        _copies = [.. copies.Select(c => new Uri(c.Url))];
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Its address.</summary>
    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try { while (true) { _ = ServeAsync(await _listener.AcceptTcpClientAsync()); } }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            using var copy = await ConnectAsync();
            if (copy is null) { return; }
            try { await Task.WhenAny(client.GetStream().CopyToAsync(copy.GetStream()), copy.GetStream().CopyToAsync(client.GetStream())); }
            catch (Exception gone) when (gone is IOException or SocketException or InvalidOperationException) { }
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        foreach (var copy in _copies)
        {
            var connection = new TcpClient();
            try { await connection.ConnectAsync(copy.Host, copy.Port); return connection; }
            catch (SocketException) { connection.Dispose(); }
        }
        return null;
    }
}
