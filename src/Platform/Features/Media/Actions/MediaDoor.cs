using Microsoft.Extensions.Configuration;
using Platform.Features.Media.Contracts;
using Platform.Features.Media.Store;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Media.Actions;

/// <inheritdoc />
public sealed class MediaDoor(MediaStore store, IMediaFiles files, IConfiguration configuration, UploadMedia upload, UpdateMedia update, ListMedia list) : IMedia
{
    private readonly string _publicUrl = (configuration["Platform:PublicUrl"] ?? "").TrimEnd('/');

    /// <inheritdoc />
    public async Task<IReadOnlyList<MediaView>> FindAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return []; }
        return [.. (await store.FindAsync(caller, ids, cancellationToken)).Select(asset => asset.ToView())];
    }

    /// <inheritdoc />
    public Task<Result<MediaView>> UploadAsync(Caller caller, NewMedia media, CancellationToken cancellationToken) => upload.RunAsync(caller, media, cancellationToken);

    /// <inheritdoc />
    public Task<Result<MediaView>> DescribeAsync(Caller caller, string id, string altText, CancellationToken cancellationToken) =>
        update.RunAsync(caller, id, new(AltText: altText), cancellationToken);

    /// <inheritdoc />
    public async Task<Page<MediaView>> ListAsync(Caller caller, string? cursor, int limit, CancellationToken cancellationToken) =>
        await list.RunAsync(caller, new(Limit: limit, Cursor: cursor), cancellationToken) is { Ok: true, Value: var page } ? page : new([], null);

    /// <inheritdoc />
    public async Task<MediaFile?> OpenAsync(string organizationId, string mediaId, string altText, CancellationToken cancellationToken)
    {
        if (!Ids.IsValid(mediaId) || await store.GetAsync(Caller.System(organizationId, "media"), mediaId, cancellationToken) is not { } asset) { return null; }
        return new MediaFile
        {
            Id = asset.Id,
            ContentType = asset.ContentType,
            Size = asset.Size,
            Width = asset.Width,
            Height = asset.Height,
            // A description written after the post was saved still goes out.
            AltText = asset.AltText.Length > 0 ? asset.AltText : altText,
            PublicUrl = _publicUrl + asset.PublicPath(),
            OpenAsync = async token => await files.OpenAsync(organizationId, mediaId, token)
                ?? throw new FileNotFoundException($"the file of media {mediaId} is gone"),
        };
    }
}
