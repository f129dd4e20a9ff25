namespace Platform.Networks;

/// <summary>The tokens of a channel in the clear. Lives in memory only; stored encrypted by the Channels feature. Never logged.</summary>
public sealed record ChannelSecrets
{
    /// <summary>The token (or app password) that calls carry.</summary>
    public required string AccessToken { get; init; }

    /// <summary>The token that gets new ones. A refresh that returns none keeps the old: never stored empty.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>When <see cref="AccessToken"/> ends, as the network said; null where it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whatever else the network needs (an instance's client id and secret, an app password).</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    public override string ToString() => "ChannelSecrets { *** }";
}

/// <summary>A channel as a network sees it.</summary>
public sealed record ChannelConnection
{
    /// <summary>The organization, for Sandbox and for logs.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The account's id on the network.</summary>
    public required string RemoteAccountId { get; init; }

    /// <summary>The account's handle.</summary>
    public required string Handle { get; init; }

    /// <summary>The server, where the person named one.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>The tokens.</summary>
    public required ChannelSecrets Secrets { get; init; }

    /// <summary>The limits in force for this channel.</summary>
    public required NetworkLimits Limits { get; init; }
}

/// <summary>What a person gives to connect.</summary>
public sealed record ConnectRequest
{
    /// <summary>Whose channel.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The id the channel will have.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The server's address, as typed.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>Handle or e-mail, as typed.</summary>
    public string? Identifier { get; init; }

    /// <summary>App password or token, as typed.</summary>
    public string? Secret { get; init; }

    /// <summary>A name to show (Sandbox).</summary>
    public string? DisplayName { get; init; }

    /// <summary>Where OAuth networks send the person back to.</summary>
    public required string CallbackUrl { get; init; }

    /// <summary>Unguessable, made for this connect; comes back with the callback.</summary>
    public required string State { get; init; }
}

/// <summary>What happens next in a connect.</summary>
public abstract record ConnectStep
{
    private ConnectStep() { }

    /// <summary>It is connected.</summary>
    public sealed record Connected(ConnectedAccount Account) : ConnectStep;

    /// <summary>Send the person there, and keep the flow (encrypted) until the callback.</summary>
    public sealed record Redirect(string AuthorizeUrl, ConnectFlow Flow) : ConnectStep;
}

/// <summary>What an OAuth connect must remember between going and coming back. Stored encrypted, ten minutes.</summary>
/// <param name="ServiceUrl">The server.</param>
/// <param name="CallbackUrl">The address given to the network.</param>
/// <param name="Values">Verifier, client id and secret, and the like.</param>
public sealed record ConnectFlow(string? ServiceUrl, string CallbackUrl, IReadOnlyDictionary<string, string> Values);

/// <summary>An account that a person has proved to hold.</summary>
public sealed record ConnectedAccount
{
    /// <summary>The account's id on the network.</summary>
    public required string RemoteAccountId { get; init; }

    /// <summary>The account's handle, without @.</summary>
    public required string Handle { get; init; }

    /// <summary>The account's display name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The account's page.</summary>
    public string? ProfileUrl { get; init; }

    /// <summary>The account's picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>The server, normalised.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>The tokens.</summary>
    public required ChannelSecrets Secrets { get; init; }

    /// <summary>Limits read from the server; null: the network's own.</summary>
    public NetworkLimits? Limits { get; init; }
}

/// <summary>What a token refresh came to.</summary>
public abstract record RefreshOutcome
{
    private RefreshOutcome() { }

    /// <summary>New tokens.</summary>
    public sealed record Refreshed(ChannelSecrets Secrets) : RefreshOutcome;

    /// <summary>The network says that the grant is no longer good: the person must reconnect.</summary>
    public sealed record NeedsReconnect(string Detail) : RefreshOutcome;

    /// <summary>It did not work this time; the channel stays connected.</summary>
    public sealed record Transient(string Detail) : RefreshOutcome;
}

/// <summary>What a health check came to.</summary>
public abstract record CheckOutcome
{
    private CheckOutcome() { }

    /// <summary>It works; the account as it is now (its secrets are those given in).</summary>
    public sealed record Healthy(ConnectedAccount Account) : CheckOutcome;

    /// <summary>The token has ended; a refresh may help.</summary>
    public sealed record AuthExpired(string Detail) : CheckOutcome;

    /// <summary>The person must reconnect.</summary>
    public sealed record NeedsReconnect(string Detail) : CheckOutcome;

    /// <summary>The network did not answer well this time.</summary>
    public sealed record Transient(string Detail) : CheckOutcome;
}
