using Platform.Primitives;

namespace Platform.Networks;

/// <summary>
/// One social network. Stateless: what it must remember travels in <see cref="ChannelConnection"/>. Every call goes through the guarded
/// outbound client, classifies answers by parsed fields, and never throws for what a network may answer.
/// </summary>
public interface ISocialNetwork
{
    /// <summary>What it is.</summary>
    NetworkDescriptor Descriptor { get; }

    /// <summary>Begins to connect: done at once, or a redirect to the network.</summary>
    Task<Result<ConnectStep>> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken);

    /// <summary>Ends an OAuth connect.</summary>
    /// <param name="flow">What <see cref="ConnectStep.Redirect"/> asked to keep.</param>
    /// <param name="callback">The query of the address that the network called back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Result<ConnectedAccount>> CompleteConnectAsync(ConnectFlow flow, IReadOnlyDictionary<string, string> callback, CancellationToken cancellationToken);

    /// <summary>Gets new tokens for old. Called by one worker at a time for a channel.</summary>
    Task<RefreshOutcome> RefreshAsync(ChannelConnection connection, CancellationToken cancellationToken);

    /// <summary>Asks the network whether the channel still works and what the account is called now.</summary>
    Task<CheckOutcome> CheckAsync(ChannelConnection connection, CancellationToken cancellationToken);

    /// <summary>Sends one part. Sends at most once; never repeats by itself what may have been accepted.</summary>
    Task<PublishOutcome> PublishAsync(ChannelConnection connection, PublishRequest request, CancellationToken cancellationToken);

    /// <summary>Asks again about a part that was <see cref="PublishOutcome.Pending"/>.</summary>
    Task<PublishOutcome> PollAsync(ChannelConnection connection, PublishRequest request, string handle, CancellationToken cancellationToken);

    /// <summary>Looks whether a part whose answer was lost is there.</summary>
    /// <param name="connection">The channel.</param>
    /// <param name="request">The part as it was sent.</param>
    /// <param name="sentAt">When the intent was stored; posts older than a minute before it do not count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LookupOutcome> FindAsync(ChannelConnection connection, PublishRequest request, DateTimeOffset sentAt, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a post that is out another text; media, visibility and warning stay as they are. Calls once; <see cref="PublishOutcome.Unknown"/>: the text may be changed.
    /// Only networks that declare <see cref="NetworkCapabilities.Edit"/> have it.
    /// </summary>
    Task<PublishOutcome> EditAsync(ChannelConnection connection, EditRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<PublishOutcome>(new PublishOutcome.Rejected("edit_unsupported", $"{Descriptor.Name} has no way to change a post that is out.", "Delete it there and publish the new text as a new post."));

    /// <summary>Reads a post back whose edit had no clear answer: found where it says the new text, absent where it says another or is gone.</summary>
    Task<LookupOutcome> FindEditAsync(ChannelConnection connection, EditRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<LookupOutcome>(new LookupOutcome.Unsure($"{Descriptor.Name} has no way to change a post that is out."));

    /// <summary>Deletes a post that is out; gone already is success.</summary>
    Task<Result<Done>> DeleteAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken);

    /// <summary>The numbers of posts; a post that is gone is left out. At most 25 posts a call.</summary>
    Task<Result<IReadOnlyList<PostMetrics>>> GetMetricsAsync(ChannelConnection connection, IReadOnlyList<RemotePost> posts, CancellationToken cancellationToken);

    /// <summary>The account's numbers.</summary>
    Task<Result<AccountMetrics>> GetAccountMetricsAsync(ChannelConnection connection, CancellationToken cancellationToken);

    /// <summary>The replies to a post, oldest first, at most 100.</summary>
    Task<Result<IReadOnlyList<RemoteReply>>> GetRepliesAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken);
}

/// <summary>All networks of this installation.</summary>
public interface INetworks
{
    /// <summary>In the order to show them.</summary>
    IReadOnlyList<ISocialNetwork> All { get; }

    /// <summary>By key; null for one that there is not.</summary>
    ISocialNetwork? Find(string key);
}
