using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Platform.Api;

/// <summary>Settings under <c>Security</c>.</summary>
public sealed class SecurityOptions
{
    /// <summary>How many days browsers remember to come by https only; 0 sends no Strict-Transport-Security.</summary>
    [Range(0, 3650)]
    public int HstsDays { get; set; } = 365;

    /// <summary>Whether that holds for the hosts below this one too.</summary>
    public bool HstsIncludeSubDomains { get; set; } = true;
}

/// <summary>Settings under <c>Proxy</c>: whose X-Forwarded-For, -Proto and -Host are believed. Nobody's where both lists are empty.</summary>
public sealed class ProxyOptions
{
    /// <summary>Addresses of proxies.</summary>
    public IList<string> TrustedProxies { get; init; } = [];

    /// <summary>Networks of proxies, such as 10.0.0.0/8.</summary>
    public IList<string> TrustedNetworks { get; init; } = [];

    /// <summary>How many proxies stand one behind another.</summary>
    [Range(1, 10)]
    public int Hops { get; set; } = 1;

    /// <summary>Whether any proxy is trusted.</summary>
    public bool Any => TrustedProxies.Count + TrustedNetworks.Count > 0;
}

/// <summary>Refuses what is no address, and networks so wide that everyone would be a proxy.</summary>
internal sealed class ProxyOptionsCheck : IValidateOptions<ProxyOptions>
{
    private const int WidestV4 = 8, WidestV6 = 16;

    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        var wrong = options.TrustedProxies.Where(p => !IPAddress.TryParse(p, out _)).Select(p => $"Proxy:TrustedProxies: '{p}' is no address")
            .Concat(options.TrustedNetworks.Where(n => !IPNetwork.TryParse(n, out _)).Select(n => $"Proxy:TrustedNetworks: '{n}' is no network such as 10.0.0.0/8"))
            .Concat(options.TrustedNetworks.Where(n => IPNetwork.TryParse(n, out var net) && net.PrefixLength < (net.BaseAddress.GetAddressBytes().Length == 4 ? WidestV4 : WidestV6)).Select(n => $"Proxy:TrustedNetworks: '{n}' would let strangers say who they are"))
            .ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
