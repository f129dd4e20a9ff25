using System.Collections.Concurrent;
using Platform.Networks;
using Platform.Primitives;

namespace Platform.Tests.Features.Publishing;

/// <summary>A network that answers as the test says and remembers what it accepted.</summary>
internal sealed class ScriptedNetwork(TimeProvider clock) : ISocialNetwork
{
    private int _ids;

    public sealed record Accepted(string Key, string ChannelId, string Text, string? Parent, DateTimeOffset At, string RemoteId);

    public ConcurrentQueue<Accepted> Sink { get; } = [];
    public ConcurrentQueue<string> Calls { get; } = [];
    public NetworkCapabilities Capabilities { get; set; } = NetworkCapabilities.Threads | NetworkCapabilities.Lookup | NetworkCapabilities.Images;

    /// <summary>What a send comes to; null: it is accepted.</summary>
    public Func<ChannelConnection, PublishRequest, CancellationToken, Task<PublishOutcome?>> OnPublish { get; set; } = (_, _, _) => Task.FromResult<PublishOutcome?>(null);

    public Func<string, PublishOutcome> OnPoll { get; set; } = handle => new PublishOutcome.Unknown($"nothing known of {handle}");

    /// <summary>What a look-up comes to; null: the truth of the sink.</summary>
    public Func<PublishRequest, LookupOutcome?> OnFind { get; set; } = _ => null;

    public NetworkDescriptor Descriptor => new()
    {
        Key = "scripted",
        Name = "Scripted",
        Color = "#000000",
        Connect = ConnectKind.None,
        Limits = Limits,
        Capabilities = Capabilities,
    };

    public static NetworkLimits Limits => new() { MaxText = 500, Unit = TextUnit.Characters, MaxParts = 10, MaxImages = 4, MaxImageBytes = 1_000_000, MediaTypes = ["image/png"] };

    public IEnumerable<string> Texts => Sink.Select(s => s.Text);

    public RemotePost Accept(ChannelConnection connection, PublishRequest request)
    {
        var id = $"r{Interlocked.Increment(ref _ids)}";
        Sink.Enqueue(new(request.IdempotencyKey, connection.ChannelId, request.Text, request.Parent?.Id, clock.GetUtcNow(), id));
        return new(id, $"https://scripted.test/{id}");
    }

    public async Task<PublishOutcome> PublishAsync(ChannelConnection connection, PublishRequest request, CancellationToken cancellationToken)
    {
        if (!request.MaySend()) { return new PublishOutcome.Withdrawn(); }
        Calls.Enqueue(request.IdempotencyKey);
        return await OnPublish(connection, request, cancellationToken) ?? new PublishOutcome.Published(Accept(connection, request));
    }

    public Task<PublishOutcome> PollAsync(ChannelConnection connection, PublishRequest request, string handle, CancellationToken cancellationToken) => Task.FromResult(OnPoll(handle));

    public Task<LookupOutcome> FindAsync(ChannelConnection connection, PublishRequest request, DateTimeOffset sentAt, CancellationToken cancellationToken) => Task.FromResult(OnFind(request) ?? Truth(request));

    /// <summary>The texts of changes that arrived, and what such a call comes to; null: it is done.</summary>
    public ConcurrentQueue<string> Edited { get; } = [];
    public Func<EditRequest, PublishOutcome?> OnEdit { get; set; } = _ => null;
    public Func<EditRequest, LookupOutcome> OnFindEdit { get; set; } = _ => new LookupOutcome.Unsure("no script");

    public Task<PublishOutcome> EditAsync(ChannelConnection connection, EditRequest request, CancellationToken cancellationToken)
    {
        Edited.Enqueue(request.Text);
        return Task.FromResult(OnEdit(request) ?? new PublishOutcome.Published(request.Post));
    }

    public Task<LookupOutcome> FindEditAsync(ChannelConnection connection, EditRequest request, CancellationToken cancellationToken) => Task.FromResult(OnFindEdit(request));

    private LookupOutcome Truth(PublishRequest request) =>
        Sink.FirstOrDefault(s => s.Key == request.IdempotencyKey) is { } there ? new LookupOutcome.Found(new(there.RemoteId, $"https://scripted.test/{there.RemoteId}")) : new LookupOutcome.Absent();

    public Task<Result<ConnectStep>> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<Result<ConnectedAccount>> CompleteConnectAsync(ConnectFlow flow, IReadOnlyDictionary<string, string> callback, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<RefreshOutcome> RefreshAsync(ChannelConnection connection, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<CheckOutcome> CheckAsync(ChannelConnection connection, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<Result<Done>> DeleteAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<Result<IReadOnlyList<PostMetrics>>> GetMetricsAsync(ChannelConnection connection, IReadOnlyList<RemotePost> posts, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<Result<AccountMetrics>> GetAccountMetricsAsync(ChannelConnection connection, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<Result<IReadOnlyList<RemoteReply>>> GetRepliesAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken) => throw new NotSupportedException();
}
