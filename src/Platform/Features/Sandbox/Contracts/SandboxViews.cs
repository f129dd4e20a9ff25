namespace Platform.Features.Sandbox.Contracts;

/// <summary>An account's public page.</summary>
public sealed record SandboxPage(string Handle, string DisplayName, long Followers, long Following, IReadOnlyList<SandboxPostView> Posts);

/// <summary>A post on the page, with the parts that follow it and what people answered.</summary>
public sealed record SandboxPostView(string Id, string Text, string? ContentWarning, IReadOnlyList<SandboxMediaView> Media, DateTimeOffset CreatedAt, SandboxNumbersView Numbers)
{
    /// <summary>When its text was last changed; null where it never was.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Further parts of the thread, in order.</summary>
    public IReadOnlyList<SandboxPostView> Parts { get; init; } = [];

    /// <summary>What people wrote, oldest first.</summary>
    public IReadOnlyList<SandboxCommentView> Comments { get; init; } = [];
}

/// <summary>A picture or video on the page.</summary>
public sealed record SandboxMediaView(string ContentType, string AltText, string? Url);

/// <summary>A post's numbers.</summary>
public sealed record SandboxNumbersView(long Impressions, long Likes, long Comments, long Shares);

/// <summary>A comment.</summary>
public sealed record SandboxCommentView(string AuthorName, string AuthorHandle, string Text, DateTimeOffset CreatedAt);
