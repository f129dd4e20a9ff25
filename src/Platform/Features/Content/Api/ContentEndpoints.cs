using Platform.Api;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Api;

/// <summary>Posts over HTTP. Scheduling, publishing and cancelling are the Publishing feature's.</summary>
public static class ContentEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var content = routes.MapApi("/content", "Content", Permission.ContentRead);
        content.MapGet("", ListAsync).WithSummary("Lists posts with their publications.");
        content.MapPost("", CreateAsync).Require(Permission.ContentWrite).WithSummary("Makes a draft for one or more channels.");
        content.MapPost("/preview", PreviewAsync).WithSummary("Measures and checks a text for networks, its links tagged as a new post's are.");
        content.MapGet("/{id}", GetAsync).WithSummary("Shows a post with every publication: its state, attempts, remote id and address.");
        content.MapPut("/{id}", UpdateAsync).Require(Permission.ContentWrite).WithSummary("Changes what the body names, in the post and in what of it is not sent. Takes If-Match.");
        content.MapDelete("/{id}", DeleteAsync).Require(Permission.ContentWrite).WithSummary("Deletes a post; it can be brought back for thirty days. What is out stays out.");
        content.MapPost("/{id}/duplicate", DuplicateAsync).Require(Permission.ContentWrite).WithSummary("Makes a draft of the same content.");
        content.MapPost("/{id}/restore", RestoreAsync).Require(Permission.ContentWrite).WithSummary("Brings a deleted post back.");
        content.MapGet("/{id}/check", CheckAsync).WithSummary("Tells all that stands against sending, by channel, before it is due.");
    }

    private static async Task<ApiOk<Page<PostAnswer>>> ListAsync(ApiCaller caller, [AsParameters] ListPostsQuery query, [AsParameters] PageQuery page, ListPosts action, CancellationToken cancellationToken)
    {
        var request = query.ToRequest(page.Size, page.Cursor);
        var posts = request.Ok ? await action.RunAsync(caller, request.Value, cancellationToken) : request.Problem;
        return posts.Map(found => found.Map(PostAnswer.From));
    }

    private static async Task<ApiCreated<PostAnswer>> CreateAsync(ApiCaller caller, CreatePostBody body, CreatePost action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, body.ToNewPost(), cancellationToken)).Map(PostAnswer.From).ToCreated(Location, post => post.Version);

    private static async Task<ApiOk<PostAnswer>> GetAsync(ApiCaller caller, string id, GetPost action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).Map(PostAnswer.From).ToOk(post => post.Version);

    private static async Task<ApiOk<PostAnswer>> UpdateAsync(ApiCaller caller, string id, CreatePostBody body, IfMatch match, UpdatePost action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, body.ToUpdate(), match.Version, cancellationToken)).Map(PostAnswer.From).ToOk(post => post.Version);

    private static async Task<ApiNoContent> DeleteAsync(ApiCaller caller, string id, DeletePost action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).ToNoContent();

    private static async Task<ApiCreated<PostAnswer>> DuplicateAsync(ApiCaller caller, string id, DuplicatePost action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).Map(PostAnswer.From).ToCreated(Location, post => post.Version);

    private static async Task<ApiOk<PostAnswer>> RestoreAsync(ApiCaller caller, string id, RestorePost action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).Map(PostAnswer.From).ToOk(post => post.Version);

    private static async Task<ApiOk<PostCheckAnswer>> CheckAsync(ApiCaller caller, string id, CheckPost action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).Map(PostCheckAnswer.From);

    private static async Task<ApiOk<PreviewAnswer>> PreviewAsync(ApiCaller caller, PreviewPostRequest body, PreviewPost action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, body, cancellationToken)).Map(PreviewAnswer.From);

    private static string Location(PostAnswer post) => $"{ApiPaths.Root}/content/{post.Id}";
}
