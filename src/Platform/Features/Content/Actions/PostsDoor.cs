using Platform.Features.Content.Contracts;
using Platform.Features.Content.Store;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <inheritdoc />
public sealed class PostsDoor(PostStore store, GetPost get, CreatePost create, UpdatePost update, CheckPost check) : IPosts
{
    /// <inheritdoc />
    public Task<Result<PostView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken) => get.RunAsync(caller, id, cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, string>> TextsAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        caller.May(Permission.ContentRead) ? (await store.FindAsync(caller, ids, cancellationToken)).ToDictionary(post => post.Id, post => post.Text) : new Dictionary<string, string>();

    /// <inheritdoc />
    public Task<Result<PostView>> CreateAsync(Caller caller, NewPost post, CancellationToken cancellationToken) => create.RunAsync(caller, post, cancellationToken);

    /// <inheritdoc />
    public Task<Result<PostView>> UpdateAsync(Caller caller, string id, NewPost post, long expectedVersion, CancellationToken cancellationToken)
    {
        var request = new UpdatePostRequest
        {
            Text = post.Text,
            ChannelIds = post.ChannelIds,
            Variants = post.Variants ?? new Dictionary<string, PostVariant>(),
            Parts = post.Parts ?? [],
            MediaIds = post.MediaIds ?? [],
            CampaignId = post.CampaignId ?? "",
            Labels = post.Labels ?? [],
            TagLinks = post.TagLinks,
        };
        return update.RunAsync(caller, id, request, expectedVersion, cancellationToken);
    }

    /// <inheritdoc />
    public Task<Result<IReadOnlyDictionary<string, IReadOnlyList<DraftProblem>>>> CheckAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        check.RunAsync(caller, id, cancellationToken);
}
