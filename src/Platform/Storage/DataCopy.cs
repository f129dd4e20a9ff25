using System.Security.Cryptography;
using System.Text.Json;

namespace Platform.Storage;

/// <summary>
/// Copies all records from one engine to another, in the order of their ids. It may be cut off at any moment and started again: a collection
/// that is equal is left alone, another goes on after the last id that arrived. At the end both sides are read once more and their checksums
/// compared.
/// </summary>
internal sealed class DataCopy(ICopyEnd from, ICopyEnd to, Action<string> say)
{
    private const int Portion = 500;

    /// <summary>Copies; the names of the collections that do not agree afterwards.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(IEnumerable<ICollection> collections, CancellationToken cancellationToken)
    {
        var differing = new List<string>();
        foreach (var collection in collections.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            if (!await CopyAsync(collection, cancellationToken)) { differing.Add(collection.Name); }
        }
        // Only a whole copy is one that need not migrate again.
        if (differing.Count == 0) { await to.MarkAsync(await from.MigrationsAsync(cancellationToken), cancellationToken); }
        return differing;
    }

    private async Task<bool> CopyAsync(ICollection collection, CancellationToken cancellationToken)
    {
        var wanted = await ChecksumAsync(from, collection, cancellationToken);
        if (await ChecksumAsync(to, collection, cancellationToken) == wanted) { say($"{collection.Name}: {wanted.Count:N0} records, equal already"); return true; }
        var copied = await CopyAfterAsync(collection, await to.LastIdAsync(collection, cancellationToken), cancellationToken);
        var have = await ChecksumAsync(to, collection, cancellationToken);
        if (have != wanted)
        {
            // What came before the last id is another state of the source: everything once more, over what is there.
            copied += await CopyAfterAsync(collection, null, cancellationToken);
            have = await ChecksumAsync(to, collection, cancellationToken);
        }
        say(have == wanted
            ? $"{collection.Name}: {wanted.Count:N0} records, {copied:N0} copied, checksum {wanted.Sum[..12]} on both sides"
            : $"{collection.Name}: DIFFERS: {wanted.Count:N0} records in the source, {have.Count:N0} in the target");
        return have == wanted;
    }

    private async Task<long> CopyAfterAsync(ICollection collection, string? after, CancellationToken cancellationToken)
    {
        var copied = 0L;
        while (await from.ReadAsync(collection, after, Portion, cancellationToken) is { Count: > 0 } records)
        {
            await to.WriteAsync(collection, records, cancellationToken);
            (copied, after) = (copied + records.Count, records[^1].Id);
        }
        return copied;
    }

    // Over what the records mean, not over how an engine writes them.
    private static async Task<(long Count, string Sum)> ChecksumAsync(ICopyEnd end, ICollection collection, CancellationToken cancellationToken)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (count, after) = (0L, (string?)null);
        while (await end.ReadAsync(collection, after, Portion, cancellationToken) is { Count: > 0 } records)
        {
            foreach (var record in records) { sum.AppendData(JsonSerializer.SerializeToUtf8Bytes(record, collection.Type)); sum.AppendData("\n"u8); }
            (count, after) = (count + records.Count, records[^1].Id);
        }
        return (count, Convert.ToHexStringLower(sum.GetHashAndReset()));
    }
}
