using System.Collections.Concurrent;
using Platform.Coordination;

namespace Platform.Features.Media.Store;

/// <summary>
/// Media in the database, for several copies of the app. Each copy keeps what it has read in a folder of its own for a day, so that the database is asked
/// once and files can seek; where the folder has no room, whoever asks gets the bytes from the database. Files of the time before (in the media folder) are still found by the copy that has the folder.
/// </summary>
public sealed class StoredMediaFiles : IMediaFiles
{
    private const string Gone = "media-gone";
    private readonly FolderMediaFiles _cache;
    private readonly FolderMediaFiles _before;
    private readonly MediaChunkStore _chunks;
    private readonly ISignals _signals;
    private readonly ConcurrentDictionary<string, Lazy<Task<Fetched>>> _fetching = new();

    /// <param name="cache">What this copy has at hand.</param>
    /// <param name="before">Where files lay before they came into the database.</param>
    /// <param name="chunks">The database.</param>
    /// <param name="signals">Tells other copies what was removed, so that it does not stay in their folders.</param>
    public StoredMediaFiles(FolderMediaFiles cache, FolderMediaFiles before, MediaChunkStore chunks, ISignals signals)
    {
        (_cache, _before, _chunks, _signals) = (cache, before, chunks, signals);
        signals.Subscribe(Gone, ForgetAsync);
    }

    /// <inheritdoc />
    public Task<Stream> CreateAsync(string organizationId, string id, CancellationToken cancellationToken) => _cache.CreateAsync(organizationId, id, cancellationToken);

    /// <inheritdoc />
    public async Task KeepAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        await _cache.KeepAsync(organizationId, id, cancellationToken);
        await using var bytes = await _cache.OpenAsync(organizationId, id, cancellationToken) ?? throw new FileNotFoundException($"the file of media {id} is gone");
        await _chunks.WriteAsync(organizationId, id, bytes, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<Stream?> OpenAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        if (await _cache.OpenAsync(organizationId, id, cancellationToken) is { } here) { return here; }
        // One fetch however many ask; it goes on for the others where one gives up.
        var fetch = _fetching.GetOrAdd(id, _ => new(() => FetchAsync(organizationId, id)));
        return await fetch.Value.WaitAsync(cancellationToken) switch
        {
            Fetched.Here => await _cache.OpenAsync(organizationId, id, cancellationToken),
            Fetched.NoRoom => await PassOnAsync(organizationId, id, cancellationToken),
            _ => await _before.OpenAsync(organizationId, id, cancellationToken),
        };
    }

    /// <inheritdoc />
    public async Task DeleteAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        await _chunks.DeleteAsync(organizationId, id, cancellationToken);
        await _cache.DeleteAsync(organizationId, id, cancellationToken);
        await _before.DeleteAsync(organizationId, id, cancellationToken);
        await _signals.PublishAsync(Gone, $"{organizationId}/{id}", cancellationToken);
    }

    /// <inheritdoc />
    public async Task DeleteAllAsync(string organizationId, CancellationToken cancellationToken)
    {
        await _chunks.DeleteAllAsync(organizationId, cancellationToken);
        await _cache.DeleteAllAsync(organizationId, cancellationToken);
        await _before.DeleteAllAsync(organizationId, cancellationToken);
        await _signals.PublishAsync(Gone, organizationId, cancellationToken);
    }

    /// <summary>Brings files of the time before into the database, so that other copies find them; returns how many.</summary>
    public async Task<int> BringInAsync(CancellationToken cancellationToken)
    {
        var brought = 0;
        foreach (var (organizationId, id) in _before.All())
        {
            if (await _chunks.HasAsync(organizationId, id, cancellationToken)) { continue; }
            await using var bytes = await _before.OpenAsync(organizationId, id, cancellationToken);
            if (bytes is null) { continue; }
            await _chunks.WriteAsync(organizationId, id, bytes, cancellationToken);
            brought++;
        }
        return brought;
    }

    /// <summary>Drops what this copy has had at hand since before a moment; the database has it.</summary>
    public void Sweep(DateTimeOffset before) => _cache.Sweep(before);

    private async Task<Fetched> FetchAsync(string organizationId, string id)
    {
        await Task.Yield();
        try
        {
            bool whole;
            await using (var target = await _cache.CreateAsync(organizationId, id, CancellationToken.None)) { whole = await _chunks.ReadAsync(organizationId, id, target, CancellationToken.None); }
            if (whole) { await _cache.KeepAsync(organizationId, id, CancellationToken.None); } else { await _cache.DeleteAsync(organizationId, id, CancellationToken.None); }
            return whole ? Fetched.Here : Fetched.Nowhere;
        }
        catch (IOException)
        {
            await _cache.DeleteAsync(organizationId, id, CancellationToken.None);
            return Fetched.NoRoom;
        }
        finally { _fetching.TryRemove(id, out _); }
    }

    private async Task<Stream?> PassOnAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        if (!await _chunks.ReadAsync(organizationId, id, bytes, cancellationToken)) { return null; }
        bytes.Position = 0;
        return bytes;
    }

    private Task ForgetAsync(string what) => what.Split('/') is [var organizationId, var id]
        ? _cache.DeleteAsync(organizationId, id, CancellationToken.None)
        : _cache.DeleteAllAsync(what, CancellationToken.None);

    private enum Fetched
    {
        /// <summary>In this copy's folder.</summary>
        Here,

        /// <summary>In the database, and the folder could not take it.</summary>
        NoRoom,

        /// <summary>Not in the database.</summary>
        Nowhere,
    }
}
