using Microsoft.Extensions.Options;
using Platform.Features.Media.Domain;
using Platform.Pictures;
using Platform.Primitives;

namespace Platform.Features.Media.Actions;

/// <summary>
/// Draws a cleaned picture anew: decoded to its pixels and encoded again, so that nothing that hid among its bytes is left. Moving pictures and videos stay as they were
/// cleaned. Few at once, and large ones one by one: a picture takes four bytes a pixel while it is drawn.
/// </summary>
public sealed class DrawAnew(IPictureEncoder encoder, IOptions<MediaOptions> options) : IDisposable
{
    private const long Large = 12_000_000;
    private readonly SemaphoreSlim _desks = new(options.Value.DrawAtOnce);
    private readonly SemaphoreSlim _large = new(1);

    /// <summary>Puts what it draws in the place of what stands in <paramref name="file"/> (which can seek and be cut).</summary>
    public async Task<Result<CleanMedia>> RunAsync(CleanMedia media, Stream file, CancellationToken cancellationToken)
    {
        if (KindOf(media) is not { } kind || !encoder.Available) { return media; }
        var large = (long)media.Width * media.Height > Large;
        if (large) { await _large.WaitAsync(cancellationToken); }
        try
        {
            await _desks.WaitAsync(cancellationToken);
            try { return await Task.Run(() => Draw(media, kind, file), cancellationToken); }
            finally { _desks.Release(); }
        }
        finally
        {
            if (large) { _large.Release(); }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _desks.Dispose();
        _large.Dispose();
    }

    private Result<CleanMedia> Draw(CleanMedia media, PictureKind kind, Stream file)
    {
        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        if (encoder.Draw(new PictureFile(kind, bytes, media.Turn, media.Profile)) is not { } drawn)
        {
            return Problem.InvalidField("file", "media_damaged", "This picture cannot be opened. Export it again and retry.");
        }
        file.SetLength(0);
        // Once more through the cleaner: encoders leave their own notes, and what comes out must be what went in.
        var clean = MediaCleaner.Clean(new MemoryStream(drawn), file);
        return clean.Ok && (clean.Value.ContentType, clean.Value.Width, clean.Value.Height) != (media.ContentType, media.Width, media.Height)
            ? Problem.InvalidField("file", "media_damaged", "This picture has another size than it says. Export it again and retry.")
            : clean;
    }

    private static PictureKind? KindOf(CleanMedia media) => media switch
    {
        { Moves: true } => null,
        { ContentType: MediaType.Jpeg } => PictureKind.Jpeg,
        { ContentType: MediaType.Png } => PictureKind.Png,
        { ContentType: MediaType.Gif } => PictureKind.Gif,
        { ContentType: MediaType.Webp } => media.Lossless ? PictureKind.WebpLossless : PictureKind.Webp,
        _ => null,
    };
}
