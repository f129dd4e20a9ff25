using Platform.Coordination;
using Platform.Features.Audit.Contracts;
using Platform.Features.Content.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Something to say.</summary>
/// <param name="PostId">Of which post.</param>
/// <param name="Text">What, up to 4,000 characters.</param>
/// <param name="Mentions">Members to tell.</param>
/// <param name="Internal">Whether clients must not see it.</param>
public sealed record AddCommentRequest(string PostId, string Text, IReadOnlyList<string>? Mentions = null, bool Internal = false);

/// <summary>Says something of a post, and tells the members who are named.</summary>
public sealed class AddComment(CommentAccess access, PostCommentStore store, CommentNews news, IAudit audit, TimeProvider clock)
{
    /// <summary>Longest comment.</summary>
    public const int MaxText = 4000;

    /// <summary>Invalid <c>comment_empty</c>, <c>comment_too_long</c>, <c>unknown_member</c>; Conflict <c>too_many_comments</c>.</summary>
    public async Task<Result<CommentView>> RunAsync(Caller caller, AddCommentRequest request, CancellationToken cancellationToken)
    {
        if (caller.UserId is null || (!caller.May(Permission.ContentWrite) && !caller.May(Permission.ContentReview))) { return Problem.Forbidden(); }
        if (Check(request.Text) is { } wrong) { return wrong; }
        var post = await access.PostAsync(caller, request.PostId, cancellationToken);
        if (!post.Ok) { return post.Problem; }
        if ((await store.ListAsync(caller, request.PostId, cancellationToken)).Count >= PostCommentStore.Most) { return Problem.Conflict("too_many_comments", $"A post has at most {PostCommentStore.Most} comments."); }
        var comment = Make(caller, post.Value, request);
        var mentioned = await news.MentionedAsync(caller, comment, cancellationToken);
        if (!mentioned.Ok) { return mentioned.Problem; }
        var batch = new WriteBatch().Insert(caller, comment);
        audit.Record(batch, caller, new AuditEntry("post.commented", "post", comment.PostId, comment.Internal ? "internal" : ""));
        await store.CommitAsync(batch, cancellationToken);
        await news.TellAsync(caller, comment, mentioned.Value, cancellationToken);
        return CommentView.From(comment, caller);
    }

    /// <summary>What is wrong with a text; null where nothing is.</summary>
    internal static Problem? Check(string? text) => string.IsNullOrWhiteSpace(text) ? Problem.InvalidField("text", "comment_empty", "Write something first.")
        : text.Length > MaxText ? Problem.InvalidField("text", "comment_too_long", $"A comment has at most {MaxText:N0} characters.")
        : null;

    private PostComment Make(Caller caller, Post post, AddCommentRequest request) => new()
    {
        Id = Ids.New(clock.GetUtcNow()), OrganizationId = caller.OrganizationId, PostId = post.Id, AuthorId = caller.UserId!, AuthorName = caller.Name, Text = request.Text.Trim(),
        // A reviewer from outside has nobody to hide from.
        Mentions = [.. (request.Mentions ?? []).Distinct()], Internal = request.Internal && caller.May(Permission.ContentRead), PostVersion = post.Edition, At = clock.GetUtcNow(),
    };
}

/// <summary>Tells of what was said: open pages, and the members who are named.</summary>
public sealed class CommentNews(ReviewPeople people, INotices notices, ISignals signals)
{
    private const int MostMentions = 20;

    /// <summary>The members named; Invalid <c>unknown_member</c> where one is none, or would be told of what they may not see.</summary>
    public async Task<Result<IReadOnlyList<ReviewPerson>>> MentionedAsync(Caller caller, PostComment comment, CancellationToken cancellationToken)
    {
        if (comment.Mentions.Count == 0) { return Array.Empty<ReviewPerson>(); }
        var members = (await people.MembersAsync(caller.OrganizationId, cancellationToken)).Where(m => !comment.Internal || m.Membership.Role is not Role.Client).ToDictionary(m => m.Person.Id);
        return comment.Mentions.Count > MostMentions || comment.Mentions.Any(id => !members.ContainsKey(id)) || !caller.May(Permission.ContentRead)
            ? Problem.InvalidField("mentions", "unknown_member", $"Name up to {MostMentions} members who may see the comment.")
            : comment.Mentions.Select(id => members[id]).ToArray();
    }

    /// <summary>Tells them.</summary>
    public async Task TellAsync(Caller caller, PostComment comment, IReadOnlyList<ReviewPerson> mentioned, CancellationToken cancellationToken)
    {
        foreach (var person in mentioned.Where(m => m.Person.Id != caller.UserId))
        {
            var page = person.Membership.Role is Role.Client ? $"/approvals?post={comment.PostId}" : $"/posts/{comment.PostId}";
            await notices.RaiseAsync(Caller.System(caller.OrganizationId, "comments"), new Notice(
                "comment_mention", $"{caller.Name} mentioned you in a comment", comment.Text.Length > 300 ? comment.Text[..300] + "…" : comment.Text, page, $"mention:{comment.Id}:{person.Person.Id}", person.Person.Id, Mail: true), cancellationToken);
        }
        await ChangedAsync(caller, comment.PostId, cancellationToken);
    }

    /// <summary>Tells open pages.</summary>
    public async Task ChangedAsync(Caller caller, string postId, CancellationToken cancellationToken) =>
        await signals.PublishAsync(Topics.Live(caller.OrganizationId), System.Text.Json.JsonSerializer.Serialize(new LiveEvent("post-status", postId), System.Text.Json.JsonSerializerOptions.Web), cancellationToken);
}
