using System.Collections.Concurrent;
using Platform.Networks;
using Platform.Primitives;

namespace Platform.Tests.Features.Channels;

/// <summary>A network that answers as a test says and counts what it is asked.</summary>
public sealed class ScriptedNetwork(string key, ConnectKind kind) : ISocialNetwork
{
    /// <summary>What a refresh answers.</summary>
    public Func<ChannelConnection, Task<RefreshOutcome>> OnRefresh { get; set; } = _ => Task.FromResult<RefreshOutcome>(new RefreshOutcome.Transient("not scripted"));

    /// <summary>What a check answers.</summary>
    public Func<ChannelConnection, Task<CheckOutcome>> OnCheck { get; set; } = _ => Task.FromResult<CheckOutcome>(new CheckOutcome.Transient("not scripted"));

    /// <summary>The refresh tokens that were shown, in order.</summary>
    public ConcurrentQueue<string?> Refreshes { get; } = new();

    /// <inheritdoc />
    public NetworkDescriptor Descriptor { get; } = new()
    {
        Key = key, Name = key, Color = "#000000", Connect = kind, Capabilities = NetworkCapabilities.None,
        Limits = new NetworkLimits { MaxText = 100, Unit = TextUnit.Characters },
    };

    /// <summary>The account of a handle, with these tokens.</summary>
    public static ConnectedAccount Account(string handle, string token, string? refresh = null) => new()
    {
        RemoteAccountId = $"id-of-{handle}", Handle = handle, DisplayName = handle.ToUpperInvariant(),
        Secrets = new ChannelSecrets { AccessToken = token, RefreshToken = refresh, Extra = new Dictionary<string, string> { ["app"] = token + "-app" } },
    };

    /// <inheritdoc />
    public Task<Result<ConnectStep>> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken) => Task.FromResult<Result<ConnectStep>>(
        kind == ConnectKind.OAuth
            ? new ConnectStep.Redirect($"https://network.example/authorize?state={request.State}", new ConnectFlow(null, request.CallbackUrl, new Dictionary<string, string> { ["verifier"] = "verifier-canary" }))
            : new ConnectStep.Connected(Account(request.Identifier!, request.Secret!, request.Secret + "-refresh")));

    /// <inheritdoc />
    public Task<Result<ConnectedAccount>> CompleteConnectAsync(ConnectFlow flow, IReadOnlyDictionary<string, string> callback, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ConnectedAccount>>(callback.GetValueOrDefault("error") is { } error
            ? new Problem(ProblemKind.UpstreamFailed, "connect_refused", error)
            : Account(callback["code"], flow.Values["verifier"]));

    /// <inheritdoc />
    public Task<RefreshOutcome> RefreshAsync(ChannelConnection connection, CancellationToken cancellationToken)
    {
        Refreshes.Enqueue(connection.Secrets.RefreshToken);
        return OnRefresh(connection);
    }

    /// <inheritdoc />
    public Task<CheckOutcome> CheckAsync(ChannelConnection connection, CancellationToken cancellationToken) => OnCheck(connection);

    /// <inheritdoc />
    public Task<PublishOutcome> PublishAsync(ChannelConnection connection, PublishRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<PublishOutcome> PollAsync(ChannelConnection connection, PublishRequest request, string handle, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<LookupOutcome> FindAsync(ChannelConnection connection, PublishRequest request, DateTimeOffset sentAt, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<Result<Done>> DeleteAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<Result<IReadOnlyList<PostMetrics>>> GetMetricsAsync(ChannelConnection connection, IReadOnlyList<RemotePost> posts, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<Result<AccountMetrics>> GetAccountMetricsAsync(ChannelConnection connection, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<Result<IReadOnlyList<RemoteReply>>> GetRepliesAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken) => throw new NotSupportedException();
}
