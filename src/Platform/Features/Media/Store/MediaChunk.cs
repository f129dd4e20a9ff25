using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Media.Store;

/// <summary>A piece of a file's bytes.</summary>
public sealed record MediaChunk : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The file.</summary>
    public required string MediaId { get; init; }

    /// <summary>From 0.</summary>
    public required int Number { get; init; }

    /// <summary>How many pieces the file has.</summary>
    public required int Count { get; init; }

    /// <summary>The bytes in base64.</summary>
    public required string Data { get; init; }
}

/// <summary>Files' bytes as records, so that every copy of the app reaches them, and so that a backup of the database has them.</summary>
public sealed class MediaChunkStore(IDocumentStore store)
{
    /// <summary>Bytes of a piece: far below MongoDB's 16 MB a record, and few enough to be held in memory by many uploads at once.</summary>
    public const int Size = 512 * 1024;

    /// <summary>The collection.</summary>
    public static readonly Collection<MediaChunk> Collection = new Collection<MediaChunk>("media_chunks").Index("by_media", Sort<MediaChunk>.By(c => c.MediaId).ThenBy(c => c.Number));

    /// <summary>Whether a file is here, whole.</summary>
    public async Task<bool> HasAsync(string organizationId, string mediaId, CancellationToken cancellationToken) =>
        await GetAsync(organizationId, mediaId, 0, cancellationToken) is { } first && await Of(organizationId).CountAsync(c => c.MediaId == mediaId, cancellationToken) == first.Count;

    /// <summary>Stores a file; what an earlier try left of it goes first.</summary>
    public async Task WriteAsync(string organizationId, string mediaId, Stream bytes, CancellationToken cancellationToken)
    {
        await DeleteAsync(organizationId, mediaId, cancellationToken);
        var count = (int)((bytes.Length + Size - 1) / Size);
        var buffer = new byte[Size];
        for (var number = 0; number < count; number++)
        {
            var read = await bytes.ReadAtLeastAsync(buffer, Size, throwOnEndOfStream: false, cancellationToken);
            var chunk = new MediaChunk { OrganizationId = organizationId, MediaId = mediaId, Number = number, Count = count, Data = Convert.ToBase64String(buffer, 0, read) };
            await Of(organizationId).InsertAsync(chunk, cancellationToken);
        }
    }

    /// <summary>Writes a file's bytes to a stream; false where it is not here, or not whole.</summary>
    public async Task<bool> ReadAsync(string organizationId, string mediaId, Stream to, CancellationToken cancellationToken)
    {
        for (int number = 0, count = 1; number < count; number++)
        {
            if (await GetAsync(organizationId, mediaId, number, cancellationToken) is not { } chunk) { return false; }
            count = chunk.Count;
            await to.WriteAsync(Convert.FromBase64String(chunk.Data), cancellationToken);
        }
        return true;
    }

    /// <summary>Removes a file.</summary>
    public Task DeleteAsync(string organizationId, string mediaId, CancellationToken cancellationToken) => Of(organizationId).DeleteManyAsync(c => c.MediaId == mediaId, cancellationToken);

    /// <summary>Removes all files of an organization.</summary>
    public Task DeleteAllAsync(string organizationId, CancellationToken cancellationToken) => Of(organizationId).DeleteManyAsync(c => c.Number >= 0, cancellationToken);

    private IDocuments<MediaChunk> Of(string organizationId) => store.For<MediaChunk>(Caller.System(organizationId, "media"));

    private Task<MediaChunk?> GetAsync(string organizationId, string mediaId, int number, CancellationToken cancellationToken) =>
        Of(organizationId).FirstAsync(c => c.MediaId == mediaId && c.Number == number, null, cancellationToken);
}
