using Platform.Features.Media.Contracts;
using Platform.Features.Media.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Media.Actions;

/// <summary>Which media to list.</summary>
/// <param name="Kind"><c>image</c> or <c>video</c>; all where null.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Cursor">Of the page before.</param>
public sealed record ListMediaRequest(string? Kind = null, int Limit = 50, string? Cursor = null);

/// <summary>Lists media, newest first.</summary>
public sealed class ListMedia(MediaStore store)
{
    /// <summary>Does it.</summary>
    public async Task<Result<Page<MediaView>>> RunAsync(Caller caller, ListMediaRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        if (request.Kind is not (null or "" or "image" or "video")) { return Problem.InvalidField("kind", "unknown_kind", "The kind is image or video."); }
        var prefix = string.IsNullOrEmpty(request.Kind) ? null : request.Kind + "/";
        var page = await store.ListAsync(caller, prefix, Math.Clamp(request.Limit, 1, 100), string.IsNullOrEmpty(request.Cursor) ? null : request.Cursor, cancellationToken);
        return page.Map(asset => asset.ToView());
    }
}
