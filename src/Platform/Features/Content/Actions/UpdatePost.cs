using System.Globalization;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>What a post is to be; what is null stays as it is.</summary>
public sealed record UpdatePostRequest
{
    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>The channels.</summary>
    public IReadOnlyList<string>? ChannelIds { get; init; }

    /// <summary>Texts that differ on a channel.</summary>
    public IReadOnlyDictionary<string, PostVariant>? Variants { get; init; }

    /// <summary>Further parts of a thread.</summary>
    public IReadOnlyList<PostPart>? Parts { get; init; }

    /// <summary>Media of the first part.</summary>
    public IReadOnlyList<string>? MediaIds { get; init; }

    /// <summary>Its campaign; empty: none.</summary>
    public string? CampaignId { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Whether its links get the organization's UTM tags.</summary>
    public bool? TagLinks { get; init; }
}

/// <summary>
/// Rewrites a post and what of it is not sent. Conflict <c>version_mismatch</c> where somebody changed it since, <c>already_sending</c> where what
/// would change is on its way. Races with the dispatcher's own bookkeeping are repeated, unseen by the author.
/// </summary>
public sealed class UpdatePost(PostStore store, PreparePost prepare, WritePost write, ReadPosts read, IAccounts accounts, TimeProvider clock)
{
    private const int MaxTries = 10;

    /// <summary>Does it.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="id">The post.</param>
    /// <param name="request">The changes.</param>
    /// <param name="expectedVersion">The version that the author saw; null: whatever it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PostView>> RunAsync(Caller caller, string id, UpdatePostRequest request, long? expectedVersion, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (CampaignName.Check(request.CampaignId) is { } none) { return none; }
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (!Ids.IsValid(id) || await store.GetAsync(caller, id, cancellationToken) is not { DeletedAt: null } post) { return Problem.NotFound("post"); }
            if (expectedVersion is { } version && version != post.Edition) { return await MismatchAsync(post, cancellationToken); }
            var publications = await read.PublicationsAsync(caller, id, cancellationToken);
            var prepared = await prepare.RunAsync(caller, Merge(post, request), publications, post, cancellationToken);
            if (!prepared.Ok) { return prepared.Problem; }
            var next = WritePost.Indexed(Rewrite(caller, post, prepared.Value.Draft), prepared.Value);
            var written = await write.TryAsync(caller, next, prepared.Value, "post.updated", cancellationToken);
            if (written is { Ok: false, Problem: var problem }) { return problem; }
            if (written is not null) { return await read.ViewAsync(caller, next, cancellationToken); }
        }
        return Problem.Conflict("post_busy", "The post is being changed from several sides. Try again.");
    }

    private static NewPost Merge(Post post, UpdatePostRequest request) => new()
    {
        Text = request.Text ?? post.Text,
        ChannelIds = request.ChannelIds ?? post.ChannelIds,
        Variants = request.Variants ?? post.Variants,
        Parts = request.Parts ?? post.Parts,
        MediaIds = request.MediaIds ?? post.MediaIds,
        CampaignId = request.CampaignId ?? post.CampaignId,
        Labels = request.Labels ?? post.Labels,
        TagLinks = request.TagLinks,
    };

    private Post Rewrite(Caller caller, Post post, NewPost draft) => post with
    {
        Edition = post.Edition + 1,
        Text = draft.Text,
        MediaIds = draft.MediaIds!,
        Parts = draft.Parts!,
        ChannelIds = draft.ChannelIds,
        Variants = draft.Variants!,
        CampaignId = draft.CampaignId,
        Labels = draft.Labels!,
        UpdatedBy = caller.UserId ?? caller.Name,
        UpdatedAt = clock.GetUtcNow(),
    };

    private async Task<Problem> MismatchAsync(Post post, CancellationToken cancellationToken)
    {
        var people = Ids.IsValid(post.UpdatedBy) ? await accounts.FindAsync([post.UpdatedBy], cancellationToken) : null;
        var name = people?.GetValueOrDefault(post.UpdatedBy)?.Name ?? (Ids.IsValid(post.UpdatedBy) ? "someone" : post.UpdatedBy);
        var when = post.UpdatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return Problem.VersionMismatch() with
        {
            Message = $"{name} changed this post at {when} UTC. Load it again, apply your change and repeat with version {post.Edition}.",
            Fields = new Dictionary<string, string[]> { ["version"] = [post.Edition.ToString(CultureInfo.InvariantCulture)], ["changedBy"] = [name] },
        };
    }
}
