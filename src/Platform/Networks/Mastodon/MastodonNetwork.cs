using Platform.Primitives;

namespace Platform.Networks.Mastodon;

/// <summary>Mastodon, and every server that speaks its client API.</summary>
internal sealed class MastodonNetwork(MastodonClient client, MastodonSignIn signIn, MastodonPublisher publisher, MastodonEditor editor, MastodonReader reader) : ISocialNetwork
{
    /// <inheritdoc />
    public NetworkDescriptor Descriptor => MastodonDescriptor.Value;

    /// <inheritdoc />
    public Task<Result<ConnectStep>> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken) => signIn.BeginAsync(request, cancellationToken);

    /// <inheritdoc />
    public Task<Result<ConnectedAccount>> CompleteConnectAsync(ConnectFlow flow, IReadOnlyDictionary<string, string> callback, CancellationToken cancellationToken) =>
        signIn.CompleteAsync(flow, callback, cancellationToken);

    /// <inheritdoc />
    public async Task<RefreshOutcome> RefreshAsync(ChannelConnection connection, CancellationToken cancellationToken)
    {
        // Mastodon's tokens do not end by time: one that is refused was revoked, one that works is good for longer.
        return await CheckAsync(connection, cancellationToken) switch
        {
            CheckOutcome.Healthy => new RefreshOutcome.Refreshed(connection.Secrets),
            CheckOutcome.NeedsReconnect gone => new RefreshOutcome.NeedsReconnect(gone.Detail),
            CheckOutcome.Transient later => new RefreshOutcome.Transient(later.Detail),
            _ => new RefreshOutcome.Transient("The server did not answer well."),
        };
    }

    /// <inheritdoc />
    public async Task<CheckOutcome> CheckAsync(ChannelConnection connection, CancellationToken cancellationToken)
    {
        var account = await signIn.AccountAsync(MastodonClient.Server(connection), connection.Secrets, cancellationToken);
        if (account.Ok) { return new CheckOutcome.Healthy(account.Value); }
        return account.Problem.Kind is ProblemKind.Forbidden ? new CheckOutcome.NeedsReconnect(account.Problem.Message) : new CheckOutcome.Transient(account.Problem.Message);
    }

    /// <inheritdoc />
    public Task<PublishOutcome> PublishAsync(ChannelConnection connection, PublishRequest request, CancellationToken cancellationToken) => publisher.PublishAsync(connection, request, cancellationToken);

    /// <inheritdoc />
    public Task<PublishOutcome> PollAsync(ChannelConnection connection, PublishRequest request, string handle, CancellationToken cancellationToken) =>
        Task.FromResult<PublishOutcome>(new PublishOutcome.Unknown("Mastodon never says that a post is still being processed."));

    /// <inheritdoc />
    public Task<LookupOutcome> FindAsync(ChannelConnection connection, PublishRequest request, DateTimeOffset sentAt, CancellationToken cancellationToken) =>
        publisher.FindAsync(connection, request, sentAt, cancellationToken);

    /// <inheritdoc />
    public Task<PublishOutcome> EditAsync(ChannelConnection connection, EditRequest request, CancellationToken cancellationToken) => editor.EditAsync(connection, request, cancellationToken);

    /// <inheritdoc />
    public Task<LookupOutcome> FindEditAsync(ChannelConnection connection, EditRequest request, CancellationToken cancellationToken) => editor.FindAsync(connection, request, cancellationToken);

    /// <inheritdoc />
    public async Task<Result<Done>> DeleteAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken)
    {
        var answer = await client.DeleteAsync(connection, $"/api/v1/statuses/{Uri.EscapeDataString(post.Id)}", cancellationToken);
        return answer is OutboundAnswer.Answered { IsSuccess: true } or OutboundAnswer.Answered { Status: 404 or 410 }
            ? Done.Ok
            : new Problem(ProblemKind.UpstreamFailed, answer is OutboundAnswer.Answered { Status: 401 } ? "auth_expired" : "delete_failed", $"The server did not delete the post: {MastodonAnswers.Words(answer)}. Try again in a moment.");
    }

    /// <inheritdoc />
    public Task<Result<IReadOnlyList<PostMetrics>>> GetMetricsAsync(ChannelConnection connection, IReadOnlyList<RemotePost> posts, CancellationToken cancellationToken) => reader.MetricsAsync(connection, posts, cancellationToken);

    /// <inheritdoc />
    public Task<Result<AccountMetrics>> GetAccountMetricsAsync(ChannelConnection connection, CancellationToken cancellationToken) => reader.AccountAsync(connection, cancellationToken);

    /// <inheritdoc />
    public Task<Result<IReadOnlyList<RemoteReply>>> GetRepliesAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken) => reader.RepliesAsync(connection, post, cancellationToken);
}
