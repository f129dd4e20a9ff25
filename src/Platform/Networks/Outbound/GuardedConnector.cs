using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Platform.Networks.Outbound;

/// <summary>An address that may not be called.</summary>
internal sealed class OutboundRefusedException(string message) : IOException(message);

/// <summary>
/// Opens connections. The host is resolved here and nowhere else, and the socket goes to the very address that was checked:
/// a name server that answers differently a second time is never asked a second time.
/// </summary>
internal sealed class GuardedConnector(IHostResolver resolver, IOptions<OutboundOptions> options)
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await AllowedAsync(context.DnsEndPoint.Host, cancellationToken);
        Exception? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await OpenAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken);
            }
            catch (SocketException problem)
            {
                last = problem;
            }
        }
        throw last!;
    }

    private async Task<IReadOnlyList<IPAddress>> AllowedAsync(string host, CancellationToken cancellationToken)
    {
        var all = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellationToken);
        IReadOnlyList<IPAddress> allowed = options.Value.AllowPrivateNetworks ? all : [.. all.Where(AddressRules.IsPublic)];
        if (all.Count == 0) { throw new SocketException((int)SocketError.HostNotFound); }
        return allowed.Count > 0 ? allowed : throw new OutboundRefusedException($"{host} is not a public address");
    }

    private static async Task<Stream> OpenAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
