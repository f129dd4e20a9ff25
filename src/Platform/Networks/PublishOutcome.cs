namespace Platform.Networks;

/// <summary>A media file as a network reads it.</summary>
public sealed record MediaFile
{
    /// <summary>The asset's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its type, such as <c>image/png</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Pixels; 0 where unknown.</summary>
    public int Width { get; init; }

    /// <summary>Pixels; 0 where unknown.</summary>
    public int Height { get; init; }

    /// <summary>The alternative text.</summary>
    public string AltText { get; init; } = "";

    /// <summary>
    /// An address at which anyone who holds it may read the bytes: absolute where the installation knows its own public address, else a path on
    /// this installation. For networks that fetch media themselves, and for the Sandbox's public page. Null where there is none.
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>Opens the bytes.</summary>
    public required Func<CancellationToken, Task<Stream>> OpenAsync { get; init; }
}

/// <summary>One part to send.</summary>
public sealed record PublishRequest
{
    /// <summary>Stable over all attempts of this part: <c>{publicationId}-{part}</c>, the id being a UUIDv7. Networks derive their own key from it (Bluesky: a TID as rkey).</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The text of this part, as it is to appear.</summary>
    public required string Text { get; init; }

    /// <summary>The media of this part.</summary>
    public IReadOnlyList<MediaFile> Media { get; init; } = [];

    /// <summary>The thread's first post; null for the first part.</summary>
    public RemotePost? Root { get; init; }

    /// <summary>The part before; null for the first part.</summary>
    public RemotePost? Parent { get; init; }

    /// <summary>Who sees it, where the network has a choice: public, unlisted, private, direct.</summary>
    public string? Visibility { get; init; }

    /// <summary>A content warning, where the network has one.</summary>
    public string? ContentWarning { get; init; }

    /// <summary>BCP 47 language of the text, if known.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// The sender's right to send, asked right before the bytes of the creating call leave: false once the lease has run out.
    /// A network whose gate is closed answers <see cref="PublishOutcome.Withdrawn"/>.
    /// </summary>
    public required Func<bool> MaySend { get; init; }
}

/// <summary>A new text for a post that is out.</summary>
/// <param name="Post">The post.</param>
/// <param name="Text">Its new text.</param>
/// <param name="MaySend">The sender's right to send, asked right before the bytes of the call leave.</param>
public sealed record EditRequest(RemotePost Post, string Text, Func<bool> MaySend);

/// <summary>A post on a network.</summary>
/// <param name="Id">Its id there (an AT URI on Bluesky).</param>
/// <param name="Url">Its public page.</param>
/// <param name="Revision">What a reply must also name (the CID on Bluesky); null elsewhere.</param>
public sealed record RemotePost(string Id, string? Url, string? Revision = null);

/// <summary>What one outbound call came to. NETWORKS facts, section 2 rule 2.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome() { }

    /// <summary>It is out.</summary>
    public sealed record Published(RemotePost Post) : PublishOutcome;

    /// <summary>Accepted and being processed; ask again with the handle.</summary>
    public sealed record Pending(string Handle, TimeSpan CheckAfter) : PublishOutcome;

    /// <summary>Not accepted: the token has ended. Refresh once, then send again.</summary>
    public sealed record AuthExpired(string Detail) : PublishOutcome;

    /// <summary>Not accepted: the grant is gone. A person must reconnect.</summary>
    public sealed record NeedsReconnect(string Detail) : PublishOutcome;

    /// <summary>Not accepted: too fast. Null where the network named no time.</summary>
    public sealed record RateLimited(DateTimeOffset? Until, string Detail) : PublishOutcome;

    /// <summary>Refused for good.</summary>
    /// <param name="Code">Stable snake_case.</param>
    /// <param name="Message">What the network objects to, in words.</param>
    /// <param name="Action">What the person can do.</param>
    public sealed record Rejected(string Code, string Message, string Action) : PublishOutcome;

    /// <summary>Surely not accepted (could not connect, 500 or 503 of a network that does so before accepting). May be sent again.</summary>
    public sealed record Transient(string Detail) : PublishOutcome;

    /// <summary>Not accepted: the network wants money.</summary>
    public sealed record BillingRequired(string Detail) : PublishOutcome;

    /// <summary>Nothing was sent: <see cref="PublishRequest.MaySend"/> said no.</summary>
    public sealed record Withdrawn : PublishOutcome;

    /// <summary>Sent, and the answer is lost or unreadable: it may be out. Never repeated blindly.</summary>
    public sealed record Unknown(string Detail) : PublishOutcome;
}

/// <summary>What a look-up came to.</summary>
public abstract record LookupOutcome
{
    private LookupOutcome() { }

    /// <summary>It is there.</summary>
    public sealed record Found(RemotePost Post) : LookupOutcome;

    /// <summary>It is surely not there.</summary>
    public sealed record Absent : LookupOutcome;

    /// <summary>Could not be found out this time, or ever.</summary>
    public sealed record Unsure(string Detail) : LookupOutcome;
}

/// <summary>A post's numbers. Null is "the network does not say", never zero.</summary>
public sealed record PostMetrics(string RemoteId, long? Likes, long? Comments, long? Shares, long? Impressions, long? Clicks);

/// <summary>An account's numbers. Null is "the network does not say".</summary>
public sealed record AccountMetrics(long? Followers, long? Following, long? Posts);

/// <summary>A reply that someone wrote under a post.</summary>
public sealed record RemoteReply(string Id, string? Url, string AuthorHandle, string AuthorName, string Text, DateTimeOffset CreatedAt);
