namespace Platform.Features.Sandbox.Domain;

/// <summary>How the practice network misbehaves towards the next posts of an account. Wire names are camelCase.</summary>
public enum SandboxFault
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>429, with a Retry-After where one is set; nothing is taken.</summary>
    TooManyRequests,

    /// <summary>500 before taking the post.</summary>
    ServerError,

    /// <summary>502; nothing is taken, but nobody outside can know.</summary>
    BadGateway,

    /// <summary>503 before taking the post.</summary>
    Unavailable,

    /// <summary>504 after taking the post.</summary>
    GatewayTimeout,

    /// <summary>Takes the post and stays silent.</summary>
    SilentAfterAccept,

    /// <summary>Reads the request, takes nothing and resets the connection.</summary>
    ResetBeforeAccept,

    /// <summary>Takes the post and resets the connection.</summary>
    ResetAfterAccept,

    /// <summary>Takes the post and cuts the answer off.</summary>
    Truncated,

    /// <summary>Takes the post and answers 200 with something that is not JSON.</summary>
    Garbage,

    /// <summary>Takes the post and answers 200 with an empty id.</summary>
    EmptyId,

    /// <summary>Refuses the post for good, with a code of one's choice.</summary>
    Rejected,

    /// <summary>Refuses the connection.</summary>
    Refused,
}

/// <summary>How a token refresh goes.</summary>
public enum SandboxRefresh
{
    /// <summary>New tokens; the old refresh token is used up.</summary>
    Ok,

    /// <summary>500.</summary>
    Error,

    /// <summary>400 <c>invalid_grant</c>.</summary>
    InvalidGrant,
}

/// <summary>What an account of the practice network was told to do wrong.</summary>
public sealed record SandboxBehavior
{
    /// <summary>Milliseconds before each post is taken, 0 to 120,000.</summary>
    public int DelayMs { get; init; }

    /// <summary>What goes wrong.</summary>
    public SandboxFault Fault { get; init; }

    /// <summary>How many of the next posts it goes wrong for, 0 to 100,000.</summary>
    public int Count { get; init; }

    /// <summary>Seconds in Retry-After; null: none is sent.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whether Retry-After is a date.</summary>
    public bool RetryAfterAsDate { get; init; }

    /// <summary>The code of a rejection.</summary>
    public string RejectCode { get; init; } = "content_refused";

    /// <summary>The words of a rejection.</summary>
    public string RejectMessage { get; init; } = "The practice network was told to refuse this post.";

    /// <summary>Whether the present token counts as ended until it is refreshed.</summary>
    public bool TokenExpired { get; init; }

    /// <summary>How a refresh goes.</summary>
    public SandboxRefresh Refresh { get; init; }

    /// <summary>Whether posts can be looked up by their key.</summary>
    public bool Lookup { get; init; } = true;

    /// <summary>Whether a repeat with the same key makes no second post. Off, like most networks.</summary>
    public bool SafeRepeat { get; init; }
}
