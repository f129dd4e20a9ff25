namespace Platform.Networks.Bluesky;

/// <summary>What Bluesky is. Source: app.bsky lexicons and NETWORKS facts, section 12.</summary>
internal static class BlueskyDescriptor
{
    /// <summary>The collection of posts in a repository.</summary>
    public const string Posts = "app.bsky.feed.post";

    /// <summary>Where accounts live that name no server of their own.</summary>
    public const string DefaultService = "https://bsky.social";

    /// <summary>
    /// The descriptor. Images are held to 1 MB, which every server takes, although the newest lexicon allows 2. Video needs a service of Bluesky's own and is not offered.
    /// </summary>
    public static readonly NetworkDescriptor Value = new()
    {
        Key = "bluesky",
        Name = "Bluesky",
        Color = "#1185fe",
        Connect = ConnectKind.Secret,
        HasServiceUrl = true,
        DefaultServiceUrl = DefaultService,
        Capabilities = NetworkCapabilities.Images | NetworkCapabilities.AltText | NetworkCapabilities.Threads | NetworkCapabilities.Delete | NetworkCapabilities.Metrics
            | NetworkCapabilities.Replies | NetworkCapabilities.SafeRepeat | NetworkCapabilities.Lookup,
        Limits = new NetworkLimits
        {
            MaxText = 300, Unit = TextUnit.Graphemes, MaxTextBytes = 3000, MaxImages = 4, MaxImageBytes = 1_000_000,
            MediaTypes = ["image/png", "image/jpeg", "image/webp", "image/gif"], MaxAltText = 2000, MaxParts = 25,
        },
    };
}
