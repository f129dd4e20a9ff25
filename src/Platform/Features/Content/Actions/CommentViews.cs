using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>A comment as people see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AuthorId">Who.</param>
/// <param name="AuthorName">Their name.</param>
/// <param name="Text">What; empty once deleted.</param>
/// <param name="Mentions">The members named in it.</param>
/// <param name="Internal">Whether clients do not see it.</param>
/// <param name="ChangeRequest">Whether it asks for a change.</param>
/// <param name="PostVersion">The version of the post that it is about.</param>
/// <param name="At">When.</param>
/// <param name="EditedAt">When it was last changed.</param>
/// <param name="ResolvedAt">When the change was marked as made.</param>
/// <param name="Deleted">Whether it was deleted.</param>
/// <param name="Mine">Whether the reader wrote it.</param>
public sealed record CommentView(
    string Id, string AuthorId, string AuthorName, string Text, IReadOnlyList<string> Mentions, bool Internal, bool ChangeRequest, long PostVersion,
    DateTimeOffset At, DateTimeOffset? EditedAt, DateTimeOffset? ResolvedAt, bool Deleted, bool Mine)
{
    internal static CommentView From(PostComment comment, Caller caller) => new(
        comment.Id, comment.AuthorId, comment.AuthorName, comment.Text, caller.May(Permission.ContentRead) ? comment.Mentions : [], comment.Internal, comment.ChangeRequest, comment.PostVersion,
        comment.At, comment.EditedAt, comment.ResolvedAt, comment.DeletedAt is not null, comment.AuthorId == caller.UserId);
}

/// <summary>Who may read and write what is said of a post: members who see posts, all of it; a reviewer from outside only where they are asked now, and never what is internal.</summary>
public sealed class CommentAccess(PostStore posts, ReviewStore reviews)
{
    /// <summary>The post; not there for whoever may not see it.</summary>
    public async Task<Result<Post>> PostAsync(Caller caller, string postId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead) && !caller.May(Permission.ContentReview)) { return Problem.Forbidden(); }
        if (!Ids.IsValid(postId) || await posts.GetAsync(caller, postId, cancellationToken) is not { DeletedAt: null } post) { return Problem.NotFound("post"); }
        if (caller.May(Permission.ContentRead)) { return post; }
        return await reviews.GetAsync(caller, postId, cancellationToken) is { } record && record.Review.IsOpenTo(caller.ToReviewer()) && record.Review.ChannelIds.All(caller.MayUse) ? post : Problem.NotFound("post");
    }

    /// <summary>Whether the caller sees a comment at all.</summary>
    public static bool Sees(Caller caller, PostComment comment) => caller.May(Permission.ContentRead) || !comment.Internal;
}
