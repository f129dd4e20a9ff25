using System.Text.Json;
using Platform.Primitives;

namespace Platform.Networks.Bluesky;

/// <summary>Bluesky over the AT Protocol, with an app password: the password itself is not kept, only the session's tokens.</summary>
internal sealed class BlueskyNetwork(Xrpc xrpc, BlueskyPublisher publisher, BlueskyReader reader) : ISocialNetwork
{
    /// <inheritdoc />
    public NetworkDescriptor Descriptor => BlueskyDescriptor.Value;

    /// <inheritdoc />
    public async Task<Result<ConnectStep>> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Identifier)) { return Problem.InvalidField("identifier", "identifier_missing", "Give the handle of the Bluesky account, such as name.bsky.social."); }
        if (string.IsNullOrWhiteSpace(request.Secret)) { return Problem.InvalidField("secret", "secret_missing", "Give an app password. Bluesky makes one under Settings, Privacy and security, App passwords."); }
        if (ServerAddress.Read(request.ServiceUrl ?? BlueskyDescriptor.DefaultService) is not { } service) { return ServerAddress.Invalid(); }
        var body = new { identifier = request.Identifier.Trim().TrimStart('@'), password = request.Secret.Trim() };
        var answer = await xrpc.PostAsync(service, null, "com.atproto.server.createSession", body, cancellationToken);
        if (answer is OutboundAnswer.Answered { IsSuccess: true } yes && Account(yes.Json, service) is { } account) { return new ConnectStep.Connected(account); }
        return ConnectProblem(answer);
    }

    /// <inheritdoc />
    public Task<Result<ConnectedAccount>> CompleteConnectAsync(ConnectFlow flow, IReadOnlyDictionary<string, string> callback, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ConnectedAccount>>(Problem.Invalid("no_flow", "Bluesky is connected with an app password at once; there is nothing to come back from."));

    /// <inheritdoc />
    public async Task<RefreshOutcome> RefreshAsync(ChannelConnection connection, CancellationToken cancellationToken)
    {
        if (connection.Secrets.RefreshToken is not { Length: > 0 } refresh) { return new RefreshOutcome.NeedsReconnect("There is no session to renew."); }
        var answer = await xrpc.PostAsync(Xrpc.Service(connection), refresh, "com.atproto.server.refreshSession", null, cancellationToken);
        if (answer is OutboundAnswer.Answered { IsSuccess: true } yes && Secrets(yes.Json) is { } secrets)
        {
            return new RefreshOutcome.Refreshed(secrets with { RefreshToken = secrets.RefreshToken ?? refresh, Extra = connection.Secrets.Extra });
        }
        // Here an expired token is the refresh token itself: nothing is left to renew with.
        return BlueskyAnswers.IsGone(answer) || BlueskyAnswers.IsExpired(answer) || BlueskyAnswers.Error(answer) == "AccountTakedown"
            ? new RefreshOutcome.NeedsReconnect($"Bluesky does not renew this session: {BlueskyAnswers.Words(answer)}.")
            : new RefreshOutcome.Transient($"Bluesky did not renew the session this time: {BlueskyAnswers.Words(answer)}.");
    }

    /// <inheritdoc />
    public async Task<CheckOutcome> CheckAsync(ChannelConnection connection, CancellationToken cancellationToken)
    {
        var answer = await xrpc.GetAsync(Xrpc.Service(connection), connection.Secrets.AccessToken, "com.atproto.server.getSession", [], cancellationToken);
        if (BlueskyAnswers.IsExpired(answer)) { return new CheckOutcome.AuthExpired("The session has ended."); }
        if (BlueskyAnswers.IsGone(answer)) { return new CheckOutcome.NeedsReconnect("Bluesky does not accept this sign-in any more."); }
        return answer is OutboundAnswer.Answered { IsSuccess: true } yes && Account(yes.Json, Xrpc.Service(connection), connection.Secrets) is { } account
            ? new CheckOutcome.Healthy(account)
            : new CheckOutcome.Transient($"Bluesky did not answer well: {BlueskyAnswers.Words(answer)}.");
    }

    /// <inheritdoc />
    public Task<PublishOutcome> PublishAsync(ChannelConnection connection, PublishRequest request, CancellationToken cancellationToken) => publisher.PublishAsync(connection, request, cancellationToken);

    /// <inheritdoc />
    public Task<PublishOutcome> PollAsync(ChannelConnection connection, PublishRequest request, string handle, CancellationToken cancellationToken) =>
        Task.FromResult<PublishOutcome>(new PublishOutcome.Unknown("Bluesky never says that a post is still being processed."));

    /// <inheritdoc />
    public Task<LookupOutcome> FindAsync(ChannelConnection connection, PublishRequest request, DateTimeOffset sentAt, CancellationToken cancellationToken) => publisher.FindAsync(connection, request, cancellationToken);

    /// <inheritdoc />
    public async Task<Result<Done>> DeleteAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken)
    {
        var body = new { repo = connection.RemoteAccountId, collection = BlueskyDescriptor.Posts, rkey = post.Id[(post.Id.LastIndexOf('/') + 1)..] };
        var answer = await xrpc.PostAsync(Xrpc.Service(connection), connection.Secrets.AccessToken, "com.atproto.repo.deleteRecord", body, cancellationToken);
        return answer is OutboundAnswer.Answered { IsSuccess: true } || BlueskyAnswers.Error(answer) == "RecordNotFound"
            ? Done.Ok
            : new Problem(ProblemKind.UpstreamFailed, BlueskyAnswers.IsExpired(answer) ? "auth_expired" : "delete_failed", $"Bluesky did not delete the post: {BlueskyAnswers.Words(answer)}. Try again in a moment.");
    }

    /// <inheritdoc />
    public Task<Result<IReadOnlyList<PostMetrics>>> GetMetricsAsync(ChannelConnection connection, IReadOnlyList<RemotePost> posts, CancellationToken cancellationToken) => reader.MetricsAsync(connection, posts, cancellationToken);

    /// <inheritdoc />
    public Task<Result<AccountMetrics>> GetAccountMetricsAsync(ChannelConnection connection, CancellationToken cancellationToken) => reader.AccountAsync(connection, cancellationToken);

    /// <inheritdoc />
    public Task<Result<IReadOnlyList<RemoteReply>>> GetRepliesAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken) => reader.RepliesAsync(connection, post, cancellationToken);

    private static Problem ConnectProblem(OutboundAnswer answer) => answer switch
    {
        _ when BlueskyAnswers.Error(answer) == "AuthFactorTokenRequired" => Problem.InvalidField("secret", "app_password_needed", "This is the account's own password. Make an app password in Bluesky's settings and give that."),
        OutboundAnswer.Answered { Status: 401 } => Problem.InvalidField("secret", "sign_in_refused", "Bluesky does not know this handle with this app password. Check both."),
        OutboundAnswer.Answered { Status: 429 } => new Problem(ProblemKind.TooManyRequests, "too_many_sign_ins", "Bluesky allows few sign-ins a day. Try again later."),
        OutboundAnswer.Failed { Failure: OutboundFailure.Refused } refused => Problem.InvalidField("serviceUrl", "url_refused", $"This server cannot be called: {refused.Detail}."),
        _ => new Problem(ProblemKind.UpstreamFailed, "connect_failed", $"Bluesky could not be reached or did not answer well: {BlueskyAnswers.Words(answer)}. Check the server's address and try again."),
    };

    private static ConnectedAccount? Account(JsonElement? json, string service, ChannelSecrets? known = null)
    {
        if ((known ?? Secrets(json)) is not { } secrets || json.Text("did") is not { Length: > 0 } did || json.Text("handle") is not { Length: > 0 } handle) { return null; }
        return new ConnectedAccount { RemoteAccountId = did, Handle = handle, DisplayName = handle, ProfileUrl = $"https://bsky.app/profile/{handle}", ServiceUrl = service, Secrets = secrets };
    }

    private static ChannelSecrets? Secrets(JsonElement? json) => json.Text("accessJwt") is { Length: > 0 } access
        ? new ChannelSecrets { AccessToken = access, RefreshToken = json.Text("refreshJwt") is { Length: > 0 } refresh ? refresh : null, ExpiresAt = Xrpc.EndOf(access) }
        : null;
}
