using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Platform.Features.Accounts.Domain;

/// <summary>
/// A block of addresses, such as <c>203.0.113.0/24</c> or <c>2001:db8::/32</c>; a bare address is a block of one. IPv4 addresses that come or are written
/// in their IPv6 form (<c>::ffff:203.0.113.7</c>) count as what they are.
/// </summary>
public sealed class NetworkRange
{
    private const int MappedPrefix = 96;
    private readonly IPNetwork _network;

    private NetworkRange(IPNetwork network) => _network = network;

    /// <summary>Reads a block; null where the text is none. Bits behind the prefix are dropped, as people write them.</summary>
    public static NetworkRange? Parse(string? text)
    {
        var parts = (text ?? "").Trim().Split('/');
        if (parts.Length > 2 || Plain(parts[0]) is not { } address) { return null; }
        var bits = address.GetAddressBytes().Length * 8;
        if (parts.Length == 1) { return new NetworkRange(new IPNetwork(address, bits)); }
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)) { return null; }
        // A prefix given for the IPv6 form of an IPv4 address counts its first 96 bits.
        var wasMapped = address.AddressFamily == AddressFamily.InterNetwork && parts[0].Contains(':', StringComparison.Ordinal);
        if (wasMapped) { prefix -= MappedPrefix; }
        return prefix < 0 || prefix > bits ? null : new NetworkRange(new IPNetwork(Masked(address, prefix), prefix));
    }

    /// <summary>Whether an address lies in it; an unknown address does not.</summary>
    public bool Contains(string? address) => Plain(address) is { } plain && plain.AddressFamily == _network.BaseAddress.AddressFamily && _network.Contains(plain);

    /// <summary>The block as it is stored and shown.</summary>
    public override string ToString() => _network.ToString();

    /// <summary>The network that an address is likely to be a household's or an office's: 24 bits of IPv4, 48 of IPv6.</summary>
    public static string Around(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var prefix = plain.AddressFamily == AddressFamily.InterNetwork ? 24 : 48;
        return $"{Masked(plain, prefix)}/{prefix}";
    }

    private static IPAddress? Plain(string? text)
    {
        var trimmed = (text ?? "").Trim();
        // "1" and "010.1.1.1" are addresses to some parsers and something else to readers.
        if (!IPAddress.TryParse(trimmed, out var address) || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != trimmed)) { return null; }
        if (address.IsIPv4MappedToIPv6) { return address.MapToIPv4(); }
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;
    }

    private static IPAddress Masked(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefix - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }
        return new IPAddress(bytes);
    }
}
