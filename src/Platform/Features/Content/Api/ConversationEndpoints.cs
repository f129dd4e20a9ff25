using Platform.Api;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Content.Api;

/// <summary>Comments and versions of posts over HTTP. Reviewers from outside have the comments under <c>/approvals</c>: what asks them, and nothing internal.</summary>
public static class ConversationEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        MapComments(routes.MapApi("/content/{id}/comments", "Comments", Permission.ContentRead), Permission.ContentWrite);
        MapComments(routes.MapApi("/approvals/{id}/comments", "Comments", Permission.ContentReview), Permission.ContentReview);

        var versions = routes.MapApi("/content/{id}/versions", "Versions", Permission.ContentRead);
        versions.MapGet("", VersionsAsync).WithSummary("Lists what a post said before, newest first.");
        versions.MapGet("/{number}", VersionAsync).WithSummary("Shows a version and what changed word by word, against the one before it or against another.");
        versions.MapPost("/{number}/restore", RestoreAsync).Require(Permission.ContentWrite).WithSummary("Makes a version the post's content again: an edit like any other. Takes If-Match.");
    }

    private static void MapComments(RouteGroupBuilder comments, Permission writing)
    {
        comments.MapGet("", ListAsync).WithSummary("Lists what was said of a post, oldest first.");
        comments.MapPost("", AddAsync).Require(writing).WithSummary("Says something of a post and tells the members who are named. An internal comment is not seen by clients.");
        comments.MapPut("/{commentId}", ChangeAsync).Require(writing).WithSummary("Changes a comment of one's own, or marks an asked-for change as made.");
        comments.MapDelete("/{commentId}", DeleteAsync).Require(writing).WithSummary("Deletes a comment of one's own; its place stays.");
    }

    private static async Task<ApiOk<CommentsAnswer>> ListAsync(ApiCaller caller, string id, ListComments action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).Map(items => new CommentsAnswer(items));

    private static async Task<ApiCreated<CommentView>> AddAsync(ApiCaller caller, string id, CommentBody body, AddComment action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(id, body.Text ?? "", body.Mentions, body.Internal), cancellationToken)).ToCreated(comment => $"{ApiPaths.Root}/content/{id}/comments/{comment.Id}");

    private static async Task<ApiOk<CommentView>> ChangeAsync(ApiCaller caller, string id, string commentId, ChangeCommentBody body, ChangeComment action, CancellationToken cancellationToken) =>
        await action.RunAsync(caller, new(id, commentId, body.Text, body.Resolved), cancellationToken);

    private static async Task<ApiNoContent> DeleteAsync(ApiCaller caller, string id, string commentId, ChangeComment action, CancellationToken cancellationToken) =>
        (await action.DeleteAsync(caller, id, commentId, cancellationToken)).ToNoContent();

    private static async Task<ApiOk<VersionsAnswer>> VersionsAsync(ApiCaller caller, string id, PostVersions action, CancellationToken cancellationToken) =>
        (await action.ListAsync(caller, id, cancellationToken)).Map(items => new VersionsAnswer(items));

    private static async Task<ApiOk<VersionView>> VersionAsync(ApiCaller caller, string id, string number, long? against, PostVersions action, CancellationToken cancellationToken) =>
        await action.GetAsync(caller, id, Number(number), against, cancellationToken);

    private static async Task<ApiOk<PostAnswer>> RestoreAsync(ApiCaller caller, string id, string number, IfMatch match, PostVersions action, CancellationToken cancellationToken) =>
        (await action.RestoreAsync(caller, id, Number(number), match.Version, cancellationToken)).Map(PostAnswer.From).ToOk(post => post.Version);

    // What is no number names no version.
    private static long Number(string text) => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
}
