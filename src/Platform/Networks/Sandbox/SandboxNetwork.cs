using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Primitives;

namespace Platform.Networks.Sandbox;

/// <summary>The practice network: stored in this installation, behaving like a network with a wire. A service address makes it use real sockets.</summary>
internal sealed class SandboxNetwork(LocalSandbox local, IOutboundClient outbound, IOptions<SandboxOptions> options, TimeProvider time) : ISocialNetwork
{
    /// <inheritdoc />
    public NetworkDescriptor Descriptor { get; } = SandboxDescriptor.Of(options.Value.Enabled);

    /// <inheritdoc />
    public async Task<Result<ConnectStep>> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        if (!Descriptor.Available) { return Problem.Conflict("network_unavailable", Descriptor.Readiness!); }
        var service = request.ServiceUrl is null ? null : ServerAddress.Read(request.ServiceUrl);
        if (service is null && request.ServiceUrl is not null) { return ServerAddress.Invalid(); }
        var body = new { request.OrganizationId, request.ChannelId, Handle = request.Identifier, request.DisplayName };
        var answer = await SendAsync(service, new("accounts", HttpMethod.Post) { Body = body }, cancellationToken);
        return answer is OutboundAnswer.Answered { IsSuccess: true } yes && Account(yes.Json, service) is { } account
            ? new ConnectStep.Connected(account)
            : new Problem(ProblemKind.UpstreamFailed, "connect_failed", $"The Sandbox could not be connected: {SandboxAnswers.Words(answer)}.");
    }

    /// <inheritdoc />
    public Task<Result<ConnectedAccount>> CompleteConnectAsync(ConnectFlow flow, IReadOnlyDictionary<string, string> callback, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ConnectedAccount>>(Problem.Invalid("no_flow", "The Sandbox is connected at once; there is nothing to come back from."));

    /// <inheritdoc />
    public async Task<RefreshOutcome> RefreshAsync(ChannelConnection connection, CancellationToken cancellationToken)
    {
        var body = new { refreshToken = connection.Secrets.RefreshToken };
        var answer = await SendAsync(connection.ServiceUrl, new("token", HttpMethod.Post) { Body = body }, cancellationToken);
        if (answer is OutboundAnswer.Answered { Status: 400 } refused && SandboxAnswers.Error(refused) == "invalid_grant") { return new RefreshOutcome.NeedsReconnect("The Sandbox says that the grant is gone."); }
        return answer is OutboundAnswer.Answered { IsSuccess: true } yes && Secrets(yes.Json) is { } secrets
            ? new RefreshOutcome.Refreshed(secrets with { RefreshToken = secrets.RefreshToken ?? connection.Secrets.RefreshToken })
            : new RefreshOutcome.Transient($"The Sandbox gave no new token: {SandboxAnswers.Words(answer)}.");
    }

    /// <inheritdoc />
    public async Task<CheckOutcome> CheckAsync(ChannelConnection connection, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(connection, new("account", HttpMethod.Get), cancellationToken);
        return answer switch
        {
            OutboundAnswer.Answered { Status: 401 } refused => SandboxAnswers.Error(refused) == "token_expired"
                ? new CheckOutcome.AuthExpired("The token has ended.")
                : new CheckOutcome.NeedsReconnect("The Sandbox does not know this token any more."),
            OutboundAnswer.Answered { IsSuccess: true } yes when Account(yes.Json, connection.ServiceUrl, connection.Secrets) is { } account => new CheckOutcome.Healthy(account),
            _ => new CheckOutcome.Transient($"The Sandbox did not answer well: {SandboxAnswers.Words(answer)}."),
        };
    }

    /// <inheritdoc />
    public async Task<PublishOutcome> PublishAsync(ChannelConnection connection, PublishRequest request, CancellationToken cancellationToken)
    {
        var body = new
        {
            request.Text, request.ContentWarning, root = request.Root?.Id, parent = request.Parent?.Id,
            media = request.Media.Select(m => new { m.ContentType, m.AltText, url = m.PublicUrl }),
        };
        var answer = await SendAsync(connection, new("posts", HttpMethod.Post) { Body = body, Key = request.IdempotencyKey, MaySend = request.MaySend }, cancellationToken);
        return SandboxAnswers.OfCreate(answer, time.GetUtcNow());
    }

    /// <inheritdoc />
    public Task<PublishOutcome> PollAsync(ChannelConnection connection, PublishRequest request, string handle, CancellationToken cancellationToken) =>
        Task.FromResult<PublishOutcome>(new PublishOutcome.Unknown("The Sandbox never says that a post is still being processed."));

    /// <inheritdoc />
    public async Task<LookupOutcome> FindAsync(ChannelConnection connection, PublishRequest request, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(connection, new($"posts?key={Uri.EscapeDataString(request.IdempotencyKey)}", HttpMethod.Get), cancellationToken);
        if (answer is not OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes) { return new LookupOutcome.Unsure($"The Sandbox could not be asked: {SandboxAnswers.Words(answer)}."); }
        var first = yes.Json.List("posts") is [var found, ..] ? found : null;
        return SandboxAnswers.Post(first) is { } post ? new LookupOutcome.Found(post) : new LookupOutcome.Absent();
    }

    /// <inheritdoc />
    public async Task<PublishOutcome> EditAsync(ChannelConnection connection, EditRequest request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(connection, new(PathOf(request.Post), HttpMethod.Put) { Body = new { request.Text }, MaySend = request.MaySend }, cancellationToken);
        return answer is OutboundAnswer.Answered { Status: 404 }
            ? new PublishOutcome.Rejected("post_gone", "The post is no longer on the Sandbox.", "Publish the new text as a new post.")
            : SandboxAnswers.OfCreate(answer, time.GetUtcNow());
    }

    /// <inheritdoc />
    public async Task<LookupOutcome> FindEditAsync(ChannelConnection connection, EditRequest request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(connection, new(PathOf(request.Post), HttpMethod.Get), cancellationToken);
        return answer switch
        {
            OutboundAnswer.Answered { Status: 404 } => new LookupOutcome.Absent(),
            OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes => yes.Json.Text("text") == request.Text ? new LookupOutcome.Found(request.Post) : new LookupOutcome.Absent(),
            _ => new LookupOutcome.Unsure($"The Sandbox could not be asked: {SandboxAnswers.Words(answer)}."),
        };
    }

    /// <inheritdoc />
    public async Task<Result<Done>> DeleteAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(connection, new(PathOf(post), HttpMethod.Delete), cancellationToken);
        return answer is OutboundAnswer.Answered { Status: 204 or 404 } ? Done.Ok : Upstream("delete_failed", answer);
    }

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<PostMetrics>>> GetMetricsAsync(ChannelConnection connection, IReadOnlyList<RemotePost> posts, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(connection, new($"metrics?ids={string.Join(',', posts.Select(p => Uri.EscapeDataString(p.Id)))}", HttpMethod.Get), cancellationToken);
        return answer is OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes
            ? yes.Json.List("metrics").Select(Metrics).ToList()
            : Upstream("metrics_failed", answer);
    }

    /// <inheritdoc />
    public async Task<Result<AccountMetrics>> GetAccountMetricsAsync(ChannelConnection connection, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(connection, new("account/metrics", HttpMethod.Get), cancellationToken);
        return answer is OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes
            ? new AccountMetrics(yes.Json.Number("followers"), yes.Json.Number("following"), yes.Json.Number("posts"))
            : Upstream("metrics_failed", answer);
    }

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<RemoteReply>>> GetRepliesAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(connection, new($"{PathOf(post)}/replies", HttpMethod.Get), cancellationToken);
        return answer is OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes
            ? yes.Json.List("replies").Select(Reply).ToList()
            : Upstream("replies_failed", answer);
    }

    private static string PathOf(RemotePost post) => $"posts/{Uri.EscapeDataString(post.Id)}";

    private sealed record Call(string Path, HttpMethod Method)
    {
        public object? Body { get; init; }
        public string? Key { get; init; }
        public Func<bool>? MaySend { get; init; }
        public string? Token { get; init; }
    }

    private Task<OutboundAnswer> SendAsync(ChannelConnection connection, Call call, CancellationToken cancellationToken) =>
        SendAsync(connection.ServiceUrl, call with { Token = connection.Secrets.AccessToken }, cancellationToken);

    private Task<OutboundAnswer> SendAsync(string? serviceUrl, Call call, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>();
        if (call.Token is not null) { headers["Authorization"] = $"Bearer {call.Token}"; }
        if (call.Key is not null) { headers["Idempotency-Key"] = call.Key; }
        var address = serviceUrl is null ? LocalSandbox.Address : $"{serviceUrl.TrimEnd('/')}/sandbox/api/";
        var request = new OutboundRequest
        {
            Name = $"sandbox.{call.Path.Split('/', '?')[0]}", Method = call.Method, Url = new Uri(address + call.Path), Headers = headers, MaySend = call.MaySend,
            Body = call.Body is { } body ? OutboundBody.Json(body) : null,
        };
        return (serviceUrl is null ? local : outbound).SendAsync(request, cancellationToken);
    }

    private static ConnectedAccount? Account(JsonElement? json, string? serviceUrl, ChannelSecrets? known = null)
    {
        if ((known ?? Secrets(json)) is not { } secrets || json.Text("id") is not { } id || json.Text("handle") is not { } handle) { return null; }
        return new ConnectedAccount
        {
            RemoteAccountId = id, Handle = handle, DisplayName = json.Text("displayName") ?? handle, ProfileUrl = json.Text("url"), ServiceUrl = serviceUrl, Secrets = secrets,
        };
    }

    private static ChannelSecrets? Secrets(JsonElement? json) =>
        json.Text("accessToken") is { Length: > 0 } token ? new ChannelSecrets { AccessToken = token, RefreshToken = json.Text("refreshToken") } : null;

    private static PostMetrics Metrics(JsonElement? m) =>
        new(m.Text("id") ?? "", m.Number("likes"), m.Number("comments"), m.Number("shares"), m.Number("impressions"), m.Number("clicks"));

    private static RemoteReply Reply(JsonElement? r) =>
        new(r.Text("id") ?? "", r.Text("url"), r.Text("authorHandle") ?? "", r.Text("authorName") ?? "", r.Text("text") ?? "", r.Moment("createdAt") ?? default);

    private static Problem Upstream(string code, OutboundAnswer answer) =>
        new(ProblemKind.UpstreamFailed, code, $"The Sandbox did not do it: {SandboxAnswers.Words(answer)}. Try again in a moment.");
}
