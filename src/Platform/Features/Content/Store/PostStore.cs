using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Platform.Features.Content.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Store;

/// <summary>Which posts to list; what is null does not matter.</summary>
public sealed record PostFilter(
    PublicationState? State, string? ChannelId, string? Network, string? Label, string? CampaignId, string? Search, DateTimeOffset? From, DateTimeOffset? To, bool Deleted);

/// <summary>Every query for posts.</summary>
public sealed class PostStore(IDocumentStore store)
{
    /// <summary>How long a deleted post can be brought back.</summary>
    public static readonly TimeSpan KeepDeleted = TimeSpan.FromDays(30);

    /// <summary>The collection.</summary>
    public static readonly Collection<Post> Collection = new Collection<Post>("posts")
        .Index("newest", Sort<Post>.By(p => p.OrganizationId).ThenByDescending(p => p.Id))
        .Index("by_moment", Sort<Post>.By(p => p.OrganizationId).ThenBy(p => p.Moment))
        .Index("by_state", Sort<Post>.By(p => p.OrganizationId).ThenBy(p => p.State).ThenBy(p => p.Moment))
        .Expire("deleted", p => p.DeletedAt, KeepDeleted);

    /// <summary>By id, deleted ones too.</summary>
    public Task<Post?> GetAsync(Caller caller, string id, CancellationToken cancellationToken) => store.For<Post>(caller).GetAsync(id, cancellationToken);

    /// <summary>Those with these ids that are not deleted.</summary>
    public async Task<IReadOnlyList<Post>> FindAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) { return []; }
        var wanted = ids.Distinct().ToList();
        return (await store.For<Post>(caller).FindAsync(new() { Filter = p => wanted.Contains(p.Id) && p.DeletedAt == null, Limit = 1000 }, cancellationToken)).Items;
    }

    /// <summary>A page.</summary>
    public Task<Page<Post>> ListAsync(Caller caller, PostFilter filter, PostOrder order, int limit, string? cursor, CancellationToken cancellationToken) =>
        store.For<Post>(caller).FindAsync(new() { Filter = Matching(filter), Sort = InOrder(order), Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>Posts with the same text on the same channel that go or went out within a span.</summary>
    public async Task<IReadOnlyList<Post>> WithTextAsync(Caller caller, string key, string exceptId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        PublicationState[] going = [PublicationState.AwaitingApproval, PublicationState.Scheduled, PublicationState.Publishing, PublicationState.Published, PublicationState.Unconfirmed, PublicationState.Held];
        return (await store.For<Post>(caller).FindAsync(
            new() { Filter = p => p.Moment >= from && p.Moment <= to && p.TextKeys.Contains(key) && p.Id != exceptId && p.DeletedAt == null && going.Contains(p.State), Limit = 5 }, cancellationToken)).Items;
    }

    /// <summary>How many unsent posts use an asset.</summary>
    public Task<long> CountUnsentWithMediaAsync(Caller caller, string mediaId, CancellationToken cancellationToken) =>
        store.For<Post>(caller).CountAsync(
            p => p.AllMediaIds.Contains(mediaId) && p.DeletedAt == null && p.State != PublicationState.Published && p.State != PublicationState.Cancelled, cancellationToken);

    /// <summary>The media of every post there is, deleted ones too as long as they can be brought back.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string>> MediaOfPostsAsync(Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var post in store.For<Post>(caller).StreamAsync(new() { Sort = Sort<Post>.ByDescending(p => p.Id), Limit = 500 }, cancellationToken))
        {
            if (post.AllMediaIds.Count > 0) { yield return post.AllMediaIds; }
        }
    }

    /// <summary>Notes the state where the record is still the one that the state was computed for; false where it is not.</summary>
    public async Task<bool> TryNoteAsync(Caller caller, Post post, PublicationState state, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var (id, version) = (post.Id, post.Version);
        var update = new Update<Post>().Set(p => p.State, state).Set(p => p.Moment, moment);
        return await store.For<Post>(caller).UpdateOneAsync(p => p.Id == id && p.Version == version, update, null, cancellationToken) is not null;
    }

    /// <summary>Commits a batch.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);

    private static Expression<Func<Post, bool>> Matching(PostFilter f)
    {
        var (state, channel, network, label, campaign, from, to, deleted) = (f.State, f.ChannelId, f.Network, f.Label, f.CampaignId, f.From, f.To, f.Deleted);
        var search = f.Search;
        return p => (deleted || p.DeletedAt == null)
            && (!deleted || p.DeletedAt != null)
            && (state == null || p.State == state)
            && (channel == null || p.ChannelIds.Contains(channel))
            && (network == null || p.Networks.Contains(network))
            && (label == null || p.Labels.Contains(label))
            && (campaign == null || p.CampaignId == campaign)
            && (search == null || p.SearchText.Contains(search))
            && (from == null || p.Moment >= from)
            && (to == null || p.Moment < to);
    }

    private static Sort<Post> InOrder(PostOrder order) => order switch
    {
        PostOrder.Latest => Sort<Post>.ByDescending(p => p.Moment),
        PostOrder.Upcoming => Sort<Post>.By(p => p.Moment),
        _ => Sort<Post>.ByDescending(p => p.Id),
    };
}
