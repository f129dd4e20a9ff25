namespace Platform.Networks.Outbound;

/// <summary>Where a redirect may lead.</summary>
internal static class Redirects
{
    private static readonly string[] Secrets = ["Authorization", "Cookie", "DPoP", "Proxy-Authorization", "X-Api-Key", "api-key"];

    /// <summary>The next request; null where it may not be made. Leaves secrets behind when the origin changes, never goes from https to http.</summary>
    public static OutboundRequest? Next(OutboundRequest current, OutboundAnswer.Answered moved)
    {
        if (!moved.Headers.TryGetValue("Location", out var location) || !Uri.TryCreate(current.Url, location, out var target)) { return null; }
        if (current.Url.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps) { return null; }
        var sameOrigin = Uri.Compare(current.Url, target, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
        var headers = sameOrigin ? current.Headers : current.Headers.Where(h => !Secrets.Contains(h.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary();
        return current with { Url = target, Headers = headers };
    }
}
