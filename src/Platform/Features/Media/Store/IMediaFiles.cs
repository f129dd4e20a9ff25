namespace Platform.Features.Media.Store;

/// <summary>Where the bytes of media lie. The folder engine keeps them under the data directory; an object store can take its place.</summary>
public interface IMediaFiles
{
    /// <summary>A new file to write, which can also seek. Nothing can be read under the id before <see cref="KeepAsync"/>.</summary>
    Task<Stream> CreateAsync(string organizationId, string id, CancellationToken cancellationToken);

    /// <summary>Makes the written file readable, durably. Its stream must be closed.</summary>
    Task KeepAsync(string organizationId, string id, CancellationToken cancellationToken);

    /// <summary>Opens a kept file, which can seek; null where there is none.</summary>
    Task<Stream?> OpenAsync(string organizationId, string id, CancellationToken cancellationToken);

    /// <summary>Removes a file, kept or not; gone already is success.</summary>
    Task DeleteAsync(string organizationId, string id, CancellationToken cancellationToken);

    /// <summary>Removes all files of an organization; gone already is success.</summary>
    Task DeleteAllAsync(string organizationId, CancellationToken cancellationToken);
}
