using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Sandbox.Domain;

/// <summary>An account of the practice network: the far side of a channel.</summary>
public sealed record SandboxAccount : Document, IOrganizationOwned
{
    /// <summary>Whose channel.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>Unique over the installation; part of the public page's address.</summary>
    public required string Handle { get; init; }

    /// <summary>The name shown.</summary>
    public required string DisplayName { get; init; }

    /// <summary>SHA-256 of the access token.</summary>
    public required string TokenHash { get; init; }

    /// <summary>SHA-256 of the refresh token, which is good for one use.</summary>
    public required string RefreshHash { get; init; }

    /// <summary>What it was told to do wrong.</summary>
    public SandboxBehavior Behavior { get; init; } = new();

    /// <summary>How many posts still go wrong.</summary>
    public int FaultsLeft { get; init; }

    /// <summary>Refreshes asked for, successful or not.</summary>
    public long RefreshCalls { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A post on the practice network.</summary>
public sealed record SandboxPost : Document, IOrganizationOwned
{
    /// <summary>The organization of the account.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The sender's idempotency key.</summary>
    public required string Key { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>A content warning.</summary>
    public string? ContentWarning { get; init; }

    /// <summary>The pictures and videos.</summary>
    public IReadOnlyList<SandboxMedia> Media { get; init; } = [];

    /// <summary>The first post of its thread; null for a first post.</summary>
    public string? RootId { get; init; }

    /// <summary>The post it answers.</summary>
    public string? ParentId { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its text was last changed; null where it never was.</summary>
    public DateTimeOffset? EditedAt { get; init; }
}

/// <summary>A picture or video of a post.</summary>
/// <param name="ContentType">Its type.</param>
/// <param name="AltText">Its alternative text.</param>
/// <param name="Url">Where anyone may read it; null where the sender has no public address for it.</param>
public sealed record SandboxMedia(string ContentType, string AltText, string? Url);

/// <summary>A creating call as the network saw it: the log that fault tests compare with the sender's own.</summary>
public sealed record SandboxCallRecord : Document, IOrganizationOwned
{
    /// <summary>The organization of the account.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The sender's idempotency key.</summary>
    public required string Key { get; init; }

    /// <summary>The part of the thread, as far as the key tells: the number after its last dash.</summary>
    public int Part { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the post was taken; null where it was not.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The post it made.</summary>
    public string? PostId { get; init; }

    /// <summary>The fault applied.</summary>
    public SandboxFault Fault { get; init; }

    /// <summary>The status answered.</summary>
    public int Status { get; init; }
}
