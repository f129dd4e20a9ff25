using System.Globalization;
using System.Text;
using Platform.Features.Organizations.Contracts;
using Platform.Networks;

namespace Platform.Features.Content.Actions;

/// <summary>
/// Puts an organization's UTM tags on the links of a text: what the composer shows and counts, what is approved and what goes out. A link that carries a utm_
/// parameter already is left alone, and so is everything that is no link.
/// </summary>
public sealed record LinkTags(UtmDefaults? Utm, DateTimeOffset PostedAt)
{
    /// <summary>The text as it goes out on a channel.</summary>
    /// <param name="text">As written.</param>
    /// <param name="network">The network's key, for {network}.</param>
    /// <param name="channel">The channel's handle, for {channel}.</param>
    public string Apply(string text, string network, string channel)
    {
        if (Utm is not { IsEmpty: false } utm) { return text; }
        var pairs = new[] { ("utm_source", utm.Source), ("utm_medium", utm.Medium), ("utm_campaign", utm.Campaign) }.Where(p => p.Item2.Length > 0)
            .Select(p => $"{p.Item1}={Uri.EscapeDataString(Fill(p.Item2, network, channel))}");
        var tags = string.Join('&', pairs);
        var tagged = new StringBuilder();
        foreach (var span in TextSpans.Of(text)) { tagged.Append(span.Kind is TextSpanKind.Link ? Tag(span.Text, tags) : span.Text); }
        return tagged.ToString();
    }

    private static string Tag(string link, string tags)
    {
        var at = link.IndexOf('#', StringComparison.Ordinal);
        var (address, fragment) = at < 0 ? (link, "") : (link[..at], link[at..]);
        var query = address.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0 && address[query..].Split('?', '&').Any(p => p.StartsWith("utm_", StringComparison.OrdinalIgnoreCase))) { return link; }
        var joint = query < 0 ? "?" : address[^1] is '?' or '&' ? "" : "&";
        return $"{address}{joint}{tags}{fragment}";
    }

    private string Fill(string value, string network, string channel) => value
        .Replace("{network}", network, StringComparison.Ordinal).Replace("{channel}", channel, StringComparison.Ordinal)
        .Replace("{date}", PostedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
