using System.Net;
using System.Net.Sockets;

namespace Platform.Networks.Outbound;

/// <summary>Tells addresses of the public internet from all others. Source: IANA special-purpose address registries for IPv4 and IPv6.</summary>
internal static class AddressRules
{
    private static readonly IPNetwork[] NotPublic4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Global unicast is 2000::/3. Everything else (loopback, NAT64, ULA with the cloud metadata address, link-local, multicast) is out by not being in it.
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    // Inside it: protocol assignments with Teredo, documentation, 6to4, which carry or hide other addresses.
    private static readonly IPNetwork[] NotPublic6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>True for an address that any host on the internet may have.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !NotPublic4.Any(n => n.Contains(plain)),
            AddressFamily.InterNetworkV6 => Global6.Contains(plain) && !NotPublic6.Any(n => n.Contains(plain)),
            _ => false,
        };
    }

    /// <summary>What is wrong with a URL before anything is resolved; null where nothing is.</summary>
    public static string? Objection(Uri url) => url switch
    {
        { IsAbsoluteUri: false } => "the address is not complete",
        { Scheme: not ("http" or "https") } => "only http and https addresses can be called",
        { UserInfo.Length: > 0 } => "the address must not hold a user name or password",
        { Host.Length: 0 } => "the address names no host",
        _ => null,
    };
}
