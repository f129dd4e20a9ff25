using Platform.Features.Media.Contracts;
using Platform.Features.Media.Domain;
using Platform.Primitives;

namespace Platform.Features.Media.Actions;

/// <inheritdoc />
public sealed class PictureCleaner(DrawAnew draw) : IPictureCleaner
{
    /// <inheritdoc />
    public async Task<Result<CleanPicture>> CleanAsync(byte[] source, CancellationToken cancellationToken)
    {
        using var target = new MemoryStream();
        var cleaned = MediaCleaner.Clean(new MemoryStream(source), target);
        if (!cleaned.Ok) { return cleaned.Problem; }
        return (await draw.RunAsync(cleaned.Value, target, cancellationToken)).Map(m => new CleanPicture(m.ContentType, m.Width, m.Height, target.ToArray()));
    }
}
