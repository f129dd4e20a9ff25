using Platform.Networks;
using Platform.Tenancy;

namespace Platform.Features.Media.Contracts;

/// <summary>A media asset as others see it.</summary>
public sealed record MediaView(string Id, string FileName, string ContentType, long Size, int Width, int Height, string AltText, string Url, DateTimeOffset CreatedAt);

/// <summary>The door to media.</summary>
public interface IMedia
{
    /// <summary>The assets with these ids; those of others or gone are left out.</summary>
    Task<IReadOnlyList<MediaView>> FindAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>An asset for a network to read; null where it is gone.</summary>
    Task<MediaFile?> OpenAsync(string organizationId, string mediaId, string altText, CancellationToken cancellationToken);
}
