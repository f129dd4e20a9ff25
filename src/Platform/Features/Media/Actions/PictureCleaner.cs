using Platform.Features.Media.Contracts;
using Platform.Features.Media.Domain;
using Platform.Primitives;

namespace Platform.Features.Media.Actions;

/// <inheritdoc />
public sealed class PictureCleaner : IPictureCleaner
{
    /// <inheritdoc />
    public Result<CleanPicture> Clean(byte[] source)
    {
        using var target = new MemoryStream();
        var media = MediaCleaner.Clean(new MemoryStream(source), target);
        return media.Map(m => new CleanPicture(m.ContentType, m.Width, m.Height, target.ToArray()));
    }
}
