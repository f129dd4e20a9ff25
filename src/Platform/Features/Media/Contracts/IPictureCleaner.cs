using Platform.Primitives;

namespace Platform.Features.Media.Contracts;

/// <summary>A picture that was told by its bytes, cleaned and drawn anew: nothing is left of its file but what is seen.</summary>
public sealed record CleanPicture(string ContentType, int Width, int Height, byte[] Bytes);

/// <summary>Checks and cleans a picture that another feature keeps itself, by the same rules as media.</summary>
public interface IPictureCleaner
{
    /// <summary>The cleaned picture, or what is wrong with it.</summary>
    Task<Result<CleanPicture>> CleanAsync(byte[] source, CancellationToken cancellationToken);
}
