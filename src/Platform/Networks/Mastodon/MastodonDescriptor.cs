namespace Platform.Networks.Mastodon;

/// <summary>What Mastodon is, before a server has said its own limits. Source: NETWORKS facts, section 13.</summary>
internal static class MastodonDescriptor
{
    /// <summary>What we ask for: reading for numbers and replies, writing posts and media, nothing else.</summary>
    public const string Scopes = "read write:statuses write:media";

    /// <summary>The descriptor.</summary>
    public static readonly NetworkDescriptor Value = new()
    {
        Key = "mastodon",
        Name = "Mastodon",
        Color = "#6364ff",
        Connect = ConnectKind.OAuth,
        HasServiceUrl = true,
        DefaultServiceUrl = "https://mastodon.social",
        Capabilities = NetworkCapabilities.Images | NetworkCapabilities.Video | NetworkCapabilities.AltText | NetworkCapabilities.Threads | NetworkCapabilities.Edit | NetworkCapabilities.Delete
            | NetworkCapabilities.Metrics | NetworkCapabilities.Replies | NetworkCapabilities.SafeRepeat | NetworkCapabilities.Lookup | NetworkCapabilities.Visibility | NetworkCapabilities.ContentWarning,
        Limits = new NetworkLimits
        {
            MaxText = 500, Unit = TextUnit.Graphemes, UrlLength = 23, FreeMentionDomains = true, CountsWarning = true,
            MaxImages = 4, MaxImageBytes = 16_777_216, MaxVideos = 1, MaxVideoBytes = 103_809_024,
            MediaTypes = ["image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4", "video/webm", "video/quicktime"], MaxAltText = 1500, MaxParts = 25,
        },
    };
}
