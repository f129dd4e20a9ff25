using Platform.Features.Media.Contracts;
using Platform.Features.Media.Store;

namespace Platform.Features.Media.Actions;

/// <summary>How an asset is shown to others.</summary>
internal static class MediaViews
{
    public static MediaView ToView(this MediaAsset asset) =>
        new(asset.Id, asset.FileName, asset.ContentType, asset.Size, asset.Width, asset.Height, asset.AltText, $"/media/{asset.Id}", asset.CreatedAt);

    /// <summary>The path at which who holds it may read the bytes.</summary>
    public static string PublicPath(this MediaAsset asset) => $"/media/public/{asset.Id}/{asset.PublicKey}";
}
