using Platform.Features.Audit.Contracts;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>What to change in a comment; what is null stays.</summary>
/// <param name="PostId">The post.</param>
/// <param name="CommentId">The comment.</param>
/// <param name="Text">Other words; by its author alone.</param>
/// <param name="Resolved">Whether the change it asks for is made; by whoever may write the post, or its author.</param>
public sealed record ChangeCommentRequest(string PostId, string CommentId, string? Text = null, bool? Resolved = null);

/// <summary>Changes or deletes a comment of one's own, and resolves what was asked for.</summary>
public sealed class ChangeComment(CommentAccess access, PostCommentStore store, CommentNews news, IAudit audit, TimeProvider clock)
{
    /// <summary>Changes it. Forbidden for another's words; Conflict <c>not_a_request</c>, <c>version_mismatch</c>.</summary>
    public async Task<Result<CommentView>> RunAsync(Caller caller, ChangeCommentRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, request.PostId, request.CommentId, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if (Against(caller, found.Value, request) is { } problem) { return problem; }
        var now = clock.GetUtcNow();
        var next = found.Value;
        if (request.Text is { } text) { next = next with { Text = text.Trim(), EditedAt = now }; }
        if (request.Resolved is { } resolved) { next = next with { ResolvedAt = resolved ? now : null, ResolvedBy = resolved ? caller.UserId ?? caller.Name : null }; }
        var action = request.Resolved is null ? "post.comment_edited" : next.ResolvedAt is null ? "post.change_reopened" : "post.change_resolved";
        return await WriteAsync(caller, next, action, cancellationToken);
    }

    /// <summary>Deletes it; its place stays. An asked-for change that is deleted by its author asks no more.</summary>
    public async Task<Result<CommentView>> DeleteAsync(Caller caller, string postId, string commentId, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, postId, commentId, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if (found.Value.AuthorId != caller.UserId) { return Problem.Forbidden("Only its author can delete a comment."); }
        return await WriteAsync(caller, found.Value with { Text = "", Mentions = [], DeletedAt = clock.GetUtcNow() }, "post.comment_deleted", cancellationToken);
    }

    private async Task<Result<PostComment>> FindAsync(Caller caller, string postId, string commentId, CancellationToken cancellationToken)
    {
        var post = await access.PostAsync(caller, postId, cancellationToken);
        if (!post.Ok) { return post.Problem; }
        return Ids.IsValid(commentId) && await store.GetAsync(caller, commentId, cancellationToken) is { DeletedAt: null } comment && comment.PostId == postId && CommentAccess.Sees(caller, comment)
            ? comment
            : Problem.NotFound("comment");
    }

    private static Problem? Against(Caller caller, PostComment comment, ChangeCommentRequest request)
    {
        if (request.Text is not null && comment.AuthorId != caller.UserId) { return Problem.Forbidden("Only its author can change a comment."); }
        if (request.Text is not null && AddComment.Check(request.Text) is { } wrong) { return wrong; }
        if (request.Resolved is null) { return null; }
        if (!comment.ChangeRequest) { return Problem.Conflict("not_a_request", "Only a comment that asks for a change can be resolved."); }
        return caller.May(Permission.ContentWrite) || comment.AuthorId == caller.UserId ? null : Problem.Forbidden();
    }

    private async Task<Result<CommentView>> WriteAsync(Caller caller, PostComment next, string action, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch().Replace(caller, next);
        audit.Record(batch, caller, new AuditEntry(action, "post", next.PostId));
        if (!await store.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        await news.ChangedAsync(caller, next.PostId, cancellationToken);
        return CommentView.From(next, caller);
    }
}
