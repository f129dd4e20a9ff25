using Platform.Features.Media.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Media.Actions;

/// <summary>An asset's bytes on their way to a browser. Who takes it disposes the stream.</summary>
public sealed record MediaContent(string Id, string ContentType, string FileName, DateTimeOffset CreatedAt, Stream Bytes);

/// <summary>Opens an asset's bytes, for members, or for who holds its public address.</summary>
public sealed class ReadMedia(MediaStore store, IMediaFiles files)
{
    /// <summary>For a member of the organization.</summary>
    public async Task<Result<MediaContent>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        return await OpenAsync(Ids.IsValid(id) ? await store.GetAsync(caller, id, cancellationToken) : null, cancellationToken);
    }

    /// <summary>For who holds the public address. A wrong key and an unknown id look alike.</summary>
    public async Task<Result<MediaContent>> RunPublicAsync(string id, string key, CancellationToken cancellationToken) =>
        await OpenAsync(Ids.IsValid(id) && key.Length == 64 ? await store.FindPublicAsync(id, key, cancellationToken) : null, cancellationToken);

    private async Task<Result<MediaContent>> OpenAsync(MediaAsset? asset, CancellationToken cancellationToken)
    {
        if (asset is null || await files.OpenAsync(asset.OrganizationId, asset.Id, cancellationToken) is not { } bytes) { return Problem.NotFound("media"); }
        return new MediaContent(asset.Id, asset.ContentType, asset.FileName, asset.CreatedAt, bytes);
    }
}
