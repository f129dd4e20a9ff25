using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Media.Contracts;

/// <summary>A media asset as others see it.</summary>
public sealed record MediaView(string Id, string FileName, string ContentType, long Size, int Width, int Height, string AltText, string Url, DateTimeOffset CreatedAt);

/// <summary>A file that a person gives.</summary>
/// <param name="FileName">Its name, as given; never used as a path.</param>
/// <param name="Content">Its bytes, read once; the type is found by looking at them.</param>
/// <param name="AltText">The alternative text, where it is known already.</param>
public sealed record NewMedia(string FileName, Stream Content, string AltText = "");

/// <summary>The door to media.</summary>
public interface IMedia
{
    /// <summary>The assets with these ids; those of others or gone are left out.</summary>
    Task<IReadOnlyList<MediaView>> FindAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>An asset for a network to read; null where it is gone.</summary>
    Task<MediaFile?> OpenAsync(string organizationId, string mediaId, string altText, CancellationToken cancellationToken);

    /// <summary>Takes a file in: the same action as the API's upload (size cap, real type by its bytes, quota).</summary>
    Task<Result<MediaView>> UploadAsync(Caller caller, NewMedia media, CancellationToken cancellationToken);

    /// <summary>Changes the alternative text.</summary>
    Task<Result<MediaView>> DescribeAsync(Caller caller, string id, string altText, CancellationToken cancellationToken);

    /// <summary>The newest assets first, for a picker.</summary>
    Task<Page<MediaView>> ListAsync(Caller caller, string? cursor, int limit, CancellationToken cancellationToken);
}
