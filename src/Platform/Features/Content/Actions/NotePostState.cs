using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Media.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Keeps the state that lists are filtered by in step with the publications. Computed anew each time, so that hearing of a change twice, or late, does no harm.</summary>
public sealed class NotePostState(PostStore store, ReadPosts read) : IPublicationObserver
{
    /// <inheritdoc />
    public Task OnChangedAsync(PublicationChanged change, CancellationToken cancellationToken) =>
        RunAsync(Caller.System(change.OrganizationId, "content"), change.PostId, cancellationToken);

    /// <summary>Does it.</summary>
    public async Task RunAsync(Caller caller, string postId, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            if (await store.GetAsync(caller, postId, cancellationToken) is not { } post) { return; }
            var publications = await read.PublicationsAsync(caller, postId, cancellationToken);
            var (state, moment) = (PostStates.Over(publications.Select(p => p.State)), PostViews.MomentOf(post, publications));
            if (post.State == state && post.Moment == moment) { return; }
            if (await store.TryNoteAsync(caller, post, state, moment, cancellationToken)) { return; }
        }
        throw new InvalidOperationException($"the state of post {postId} could not be noted: it changed too often");
    }
}

/// <summary>Tells which assets unsent posts need.</summary>
public sealed class PostMediaUse(PostStore store) : IMediaUse
{
    /// <inheritdoc />
    public async Task<string?> NeedAsync(string organizationId, string mediaId, CancellationToken cancellationToken) =>
        await store.CountUnsentWithMediaAsync(Caller.System(organizationId, "content"), mediaId, cancellationToken) switch
        {
            0 => null,
            1 => "This file is used by 1 unsent post.",
            var count => $"This file is used by {count} unsent posts.",
        };

    /// <inheritdoc />
    public async Task<IReadOnlySet<string>> UsedAsync(string organizationId, IReadOnlyCollection<string> mediaIds, CancellationToken cancellationToken)
    {
        var wanted = mediaIds.ToHashSet(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var media in store.MediaOfPostsAsync(Caller.System(organizationId, "content"), cancellationToken)) { used.UnionWith(media.Where(wanted.Contains)); }
        return used;
    }
}
