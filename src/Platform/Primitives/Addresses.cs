using System.Net;
using System.Net.Sockets;

namespace Platform.Primitives;

/// <summary>Addresses as limits count them.</summary>
public static class Addresses
{
    /// <summary>An IPv4 address itself, of an IPv6 address its /64: one household or machine has all of that and could change its address with every request. Empty for none.</summary>
    public static string CountedAs(string? address)
    {
        if (!IPAddress.TryParse(address, out var ip)) { return address ?? ""; }
        if (ip.IsIPv4MappedToIPv6) { ip = ip.MapToIPv4(); }
        return ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"{new IPAddress([.. ip.GetAddressBytes().AsSpan(0, 8), .. new byte[8]])}/64" : ip.ToString();
    }
}
