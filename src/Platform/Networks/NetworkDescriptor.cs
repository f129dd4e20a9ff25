namespace Platform.Networks;

/// <summary>How a text's length is counted. NETWORKS facts, section 2 rule 9.</summary>
public enum TextUnit
{
    /// <summary>Unicode code points.</summary>
    Characters,

    /// <summary>Extended grapheme clusters: what a reader sees as one character (Bluesky).</summary>
    Graphemes,

    /// <summary>UTF-16 code units (TikTok).</summary>
    Utf16,

    /// <summary>X's weighting after NFC: most Latin 1, others 2, a URL 23.</summary>
    Weighted,

    /// <summary>UTF-8 bytes.</summary>
    Bytes,
}

/// <summary>What a network can do beyond posting text.</summary>
[Flags]
public enum NetworkCapabilities
{
    /// <summary>Text only.</summary>
    None = 0,

    /// <summary>Images.</summary>
    Images = 1,

    /// <summary>Video.</summary>
    Video = 2,

    /// <summary>Alternative text on media.</summary>
    AltText = 4,

    /// <summary>Posts of several parts, each answering the one before.</summary>
    Threads = 8,

    /// <summary>Changing a post that is out.</summary>
    Edit = 16,

    /// <summary>Deleting a post that is out.</summary>
    Delete = 32,

    /// <summary>Numbers for posts.</summary>
    Metrics = 64,

    /// <summary>Reading replies.</summary>
    Replies = 128,

    /// <summary>A repeat of the same call with the same key makes no second post.</summary>
    SafeRepeat = 256,

    /// <summary>Whether a post is there can be looked up after an unclear answer.</summary>
    Lookup = 512,

    /// <summary>A choice of who sees the post.</summary>
    Visibility = 1024,

    /// <summary>A content warning in front of the text.</summary>
    ContentWarning = 2048,
}

/// <summary>Limits as data. The composer, the preview, the validators and the dispatcher read them from here and nowhere else. Zero means none.</summary>
public sealed record NetworkLimits
{
    /// <summary>Longest text of one part, in <see cref="Unit"/>.</summary>
    public required int MaxText { get; init; }

    /// <summary>How text is counted.</summary>
    public required TextUnit Unit { get; init; }

    /// <summary>Longest text of one part in UTF-8 bytes, besides <see cref="MaxText"/>.</summary>
    public int MaxTextBytes { get; init; }

    /// <summary>What every URL counts for, whatever its length (Mastodon and X: 23); 0 where it counts as written.</summary>
    public int UrlLength { get; init; }

    /// <summary>Whether a content warning counts towards <see cref="MaxText"/> (Mastodon).</summary>
    public bool CountsWarning { get; init; }

    /// <summary>Whether the server's name in <c>@name@server</c> is not counted (Mastodon).</summary>
    public bool FreeMentionDomains { get; init; }

    /// <summary>Most images on one part.</summary>
    public int MaxImages { get; init; }

    /// <summary>Largest image, in bytes.</summary>
    public long MaxImageBytes { get; init; }

    /// <summary>Media types taken, such as <c>image/png</c>.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } = [];

    /// <summary>Most videos on one part.</summary>
    public int MaxVideos { get; init; }

    /// <summary>Largest video, in bytes.</summary>
    public long MaxVideoBytes { get; init; }

    /// <summary>Longest alternative text, in UTF-16 units.</summary>
    public int MaxAltText { get; init; }

    /// <summary>Most parts of a thread; 1 where there are no threads.</summary>
    public int MaxParts { get; init; } = 1;

    /// <summary>Most hashtags.</summary>
    public int MaxHashtags { get; init; }

    /// <summary>Whether a part may have no media.</summary>
    public bool RequiresMedia { get; init; }
}

/// <summary>How a channel is connected.</summary>
public enum ConnectKind
{
    /// <summary>Nothing to give (Sandbox).</summary>
    None,

    /// <summary>An identifier and a secret typed in (Bluesky app password).</summary>
    Secret,

    /// <summary>The person is sent to the network and comes back (OAuth).</summary>
    OAuth,
}

/// <summary>What a network is, as data.</summary>
public sealed record NetworkDescriptor
{
    /// <summary>Stable key in lower case: <c>sandbox</c>, <c>bluesky</c>, <c>mastodon</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The name people know.</summary>
    public required string Name { get; init; }

    /// <summary>The network's own colour (hex), for the small badge only.</summary>
    public required string Color { get; init; }

    /// <summary>How a channel is connected.</summary>
    public required ConnectKind Connect { get; init; }

    /// <summary>Whether the person names the server (Mastodon instance, Bluesky service); the default is <see cref="DefaultServiceUrl"/>.</summary>
    public bool HasServiceUrl { get; init; }

    /// <summary>The server where the person names none.</summary>
    public string? DefaultServiceUrl { get; init; }

    /// <summary>The limits where a channel has read no other from its server.</summary>
    public required NetworkLimits Limits { get; init; }

    /// <summary>What it can do.</summary>
    public required NetworkCapabilities Capabilities { get; init; }

    /// <summary>Whether a post that is out can be given another text.</summary>
    public bool CanEdit => Capabilities.HasFlag(NetworkCapabilities.Edit);

    /// <summary>Whether it can be connected on this installation.</summary>
    public bool Available { get; init; } = true;

    /// <summary>What is missing where it cannot: one honest sentence.</summary>
    public string? Readiness { get; init; }
}
