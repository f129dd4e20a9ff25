using System.Net;

namespace Platform.Networks.Outbound;

/// <summary>Names to addresses; a port so that a test can answer like an attacker's name server.</summary>
internal interface IHostResolver
{
    /// <summary>All addresses of a host.</summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>The system's resolver.</summary>
internal sealed class SystemHostResolver : IHostResolver
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, cancellationToken);
}
