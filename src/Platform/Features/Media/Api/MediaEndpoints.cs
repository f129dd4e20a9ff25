using Microsoft.AspNetCore.Mvc;
using Platform.Api;
using Platform.Features.Media.Actions;
using Platform.Features.Media.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Media.Api;

/// <summary>Media over HTTP.</summary>
public static class MediaEndpoints
{
    /// <summary>Maps the routes.</summary>
    /// <param name="routes">The app.</param>
    /// <param name="maxBytes">The largest file.</param>
    public static void Map(IEndpointRouteBuilder routes, long maxBytes)
    {
        var media = routes.MapApi("/media", "Media", Permission.ContentRead);
        media.MapPost("", UploadAsync).Require(Permission.ContentWrite).AllowBody(maxBytes + ApiGroups.DefaultBodyCap).DisableAntiforgery()
            .WithSummary("Uploads an image (PNG, JPEG, GIF, WebP) or an MP4 video as multipart/form-data. Places and names inside the file are removed.");
        media.MapGet("", ListAsync).WithSummary("Lists media, newest first.");
        media.MapGet("/usage", UsageAsync).WithSummary("Tells how much media there is and how much the plan allows.");
        media.MapGet("/{id}", GetAsync).WithSummary("Shows one file's data.");
        media.MapPut("/{id}", UpdateAsync).Require(Permission.ContentWrite).WithSummary("Changes the alternative text or the name.");
        media.MapDelete("/{id}", DeleteAsync).Require(Permission.ContentWrite).WithSummary("Deletes a file, unless an unsent post uses it or it is the logo.");

        routes.MapGet("/media/{id}", ReadAsync).RequireAuthorization(Policies.ContentRead).WithMetadata(RateLimit.Standard).ExcludeFromDescription();
        routes.MapGet("/media/public/{id}/{key}", ReadPublicAsync).AllowAnonymous().WithMetadata(RateLimit.Standard).ExcludeFromDescription();
    }

    private static async Task<ApiCreated<MediaView>> UploadAsync(ApiCaller caller, IFormFile file, [FromForm] string? altText, UploadMedia action, CancellationToken cancellationToken)
    {
        await using var content = file.OpenReadStream();
        var result = await action.RunAsync(caller, new(file.FileName, content, altText ?? ""), cancellationToken);
        return result.ToCreated(media => $"{ApiPaths.Root}/media/{media.Id}");
    }

    private static async Task<ApiOk<Primitives.Page<MediaView>>> ListAsync(ApiCaller caller, string? kind, [AsParameters] PageQuery page, ListMedia action, CancellationToken cancellationToken) =>
        await action.RunAsync(caller, new(kind, page.Size, page.Cursor), cancellationToken);

    private static async Task<ApiOk<MediaUsage>> UsageAsync(ApiCaller caller, GetMediaUsage action, CancellationToken cancellationToken) =>
        await action.RunAsync(caller, cancellationToken);

    private static async Task<ApiOk<MediaView>> GetAsync(ApiCaller caller, string id, GetMedia action, CancellationToken cancellationToken) =>
        await action.RunAsync(caller, id, cancellationToken);

    private static async Task<ApiOk<MediaView>> UpdateAsync(ApiCaller caller, string id, UpdateMediaRequest body, UpdateMedia action, CancellationToken cancellationToken) =>
        await action.RunAsync(caller, id, body, cancellationToken);

    private static async Task<ApiNoContent> DeleteAsync(ApiCaller caller, string id, DeleteMedia action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).ToNoContent();

    private static async Task<IResult> ReadAsync(ApiCaller caller, string id, HttpContext context, ReadMedia action, CancellationToken cancellationToken) =>
        Send(context, await action.RunAsync(caller, id, cancellationToken), "private, max-age=86400");

    private static async Task<IResult> ReadPublicAsync(string id, string key, HttpContext context, ReadMedia action, CancellationToken cancellationToken) =>
        Send(context, await action.RunPublicAsync(id, key, cancellationToken), "public, max-age=86400");

    /// <summary>Bytes that people gave: of the type that we told, never guessed at, never run, and in a frame of their own.</summary>
    private static IResult Send(HttpContext context, Primitives.Result<MediaContent> media, string caching)
    {
        if (!media.Ok) { return TypedResults.NotFound(); }
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = caching;
        headers["Cross-Origin-Resource-Policy"] = "same-site";
        headers.ContentDisposition = new System.Net.Mime.ContentDisposition { Inline = true, FileName = Uri.EscapeDataString(media.Value.FileName) }.ToString();
        return TypedResults.Stream(media.Value.Bytes, media.Value.ContentType, fileDownloadName: null, media.Value.CreatedAt, new($"\"{media.Value.Id}\""), enableRangeProcessing: true);
    }
}
