using System.Text.Json;
using Platform.Coordination;
using Platform.Features.Audit.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Writes a post and its publications together or not at all, so that an edit that was acknowledged is what goes out.</summary>
public sealed class WritePost(PostStore store, IPublishing publishing, ReviewEdits reviews, PinVersion versions, IAudit audit, ISignals signals)
{
    /// <summary>Writes it. Null where another write came between: read again and repeat.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="post">The record; <see cref="Document.Version"/> 0 is a new one.</param>
    /// <param name="prepared">What goes out where.</param>
    /// <param name="action">For the audit log.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>?> TryAsync(Caller caller, Post post, PreparedPost prepared, string action, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch();
        if (post.Version == 0) { batch.Insert(caller, post); } else { batch.Replace(caller, post); }
        var need = await reviews.StageAsync(batch, caller, post, prepared, cancellationToken);
        var staged = await publishing.StageAsync(caller, new PublicationPlan(post.Id, prepared.Publications, need) { IsNew = post.Version == 0 }, batch, cancellationToken);
        if (!staged.Ok) { return staged; }
        await versions.StageSaveAsync(batch, caller, post, cancellationToken);
        return await TryCommitAsync(caller, batch, post.Id, action, cancellationToken) ? Done.Ok : null;
    }

    /// <summary>Marks it deleted and ends what was not sent. Null where another write came between.</summary>
    public async Task<Result<Done>?> TryDeleteAsync(Caller caller, Post post, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch().Replace(caller, post);
        var staged = await publishing.StageDeleteAsync(caller, post.Id, batch, cancellationToken);
        if (!staged.Ok) { return staged; }
        await reviews.StageEndAsync(batch, caller, post, cancellationToken);
        return await TryCommitAsync(caller, batch, post.Id, "post.deleted", cancellationToken) ? Done.Ok : null;
    }

    /// <summary>The record with what it is searched and compared by.</summary>
    public static Post Indexed(Post post, PreparedPost prepared) => post with
    {
        Networks = prepared.Networks,
        Utm = prepared.Utm,
        AllMediaIds = [.. post.Parts.SelectMany(part => part.MediaIds).Concat(post.MediaIds).Distinct()],
        SearchText = PostText.Searchable(post.Variants.Values.Select(variant => variant.Text).Concat(post.Parts.Select(part => part.Text)).Prepend(post.Text)),
        TextKeys = [.. prepared.Publications.Select(plan => PostText.Key(plan.ChannelId, plan.Content.Parts[0].Text))],
    };

    private async Task<bool> TryCommitAsync(Caller caller, WriteBatch batch, string postId, string action, CancellationToken cancellationToken)
    {
        audit.Record(batch, caller, new AuditEntry(action, "post", postId));
        if (!await store.CommitAsync(batch, cancellationToken)) { return false; }
        await signals.PublishAsync(Topics.Live(caller.OrganizationId), JsonSerializer.Serialize(new LiveEvent("post-status", postId), JsonSerializerOptions.Web), cancellationToken);
        return true;
    }
}
