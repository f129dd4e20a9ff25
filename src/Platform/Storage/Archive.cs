using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.Storage;

/// <summary>
/// All records and media in one file (tar, gzip): records as lines of JSON in portions, media as they are, and at the end what there must be with checksums. Written
/// beside its name and read back before it gets it, so that what has the name is whole.
/// </summary>
internal sealed class Archive(ICopyEnd records, IReadOnlyCollection<ICollection> collections, string mediaFolder)
{
    private const int Portion = 500;
    private const string Records = "records/", Media = "media/", Unfinished = ".part";

    /// <summary>Writes a new file.</summary>
    public async Task<ArchiveManifest> WriteAsync(string file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (File.Exists(file)) { throw new IOException($"'{file}' exists already. Name a new file."); }
        var unfinished = file + ".unfinished";
        try
        {
            await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite))
            {
                await using (var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
                await using (var tar = new TarWriter(zip, TarEntryFormat.Pax, leaveOpen: true)) { await FillAsync(tar, now, cancellationToken); }
                stream.Flush(flushToDisk: true);
            }
            var manifest = await CheckAsync(unfinished, cancellationToken);
            File.Move(unfinished, file);
            return manifest;
        }
        finally { File.Delete(unfinished); }
    }

    /// <summary>Reads a file to its end; throws <see cref="InvalidDataException"/> where it is not what it was when it was written.</summary>
    public static async Task<ArchiveManifest> CheckAsync(string file, CancellationToken cancellationToken)
    {
        var sums = new SortedDictionary<string, ArchiveSum>(StringComparer.Ordinal);
        ArchiveManifest? manifest = null;
        using var media = new ArchiveSum();
        await ForEachAsync(file, async (name, content) =>
        {
            if (name == ArchiveManifest.EntryName) { manifest = await JsonSerializer.DeserializeAsync<ArchiveManifest>(content, ArchiveManifest.Json, cancellationToken); }
            else if (name.StartsWith(Media, StringComparison.Ordinal)) { media.Add(name, await SHA256.HashDataAsync(content, cancellationToken)); }
            else
            {
                if (!sums.TryGetValue(CollectionOf(name), out var sum)) { sums[CollectionOf(name)] = sum = new ArchiveSum(); }
                foreach (var line in await LinesAsync(content, cancellationToken)) { sum.Add(Encoding.UTF8.GetBytes(line)); }
            }
        }, cancellationToken);
        if (manifest is null) { throw new InvalidDataException($"'{file}' is cut off, or no backup of this app."); }
        if (manifest.Format != ArchiveManifest.Current) { throw new InvalidDataException($"'{file}' is of another format ({manifest.Format}); restore it with the version of the app that wrote it."); }
        var damaged = manifest.Collections.Where(c => c.Value.Count > 0 && sums.GetValueOrDefault(c.Key)?.Part != c.Value).Select(c => c.Key).Concat(media.Part == manifest.Media ? [] : ["media"]).ToList();
        foreach (var sum in sums.Values) { sum.Dispose(); }
        return damaged.Count == 0 ? manifest : throw new InvalidDataException($"'{file}' is damaged: {string.Join(", ", damaged)} are not what they were when it was written.");
    }

    /// <summary>Puts everything back, into a store without records; checked before the first write, and compared with the checksums after the last.</summary>
    public async Task<ArchiveManifest> RestoreAsync(string file, CancellationToken cancellationToken)
    {
        var manifest = await CheckAsync(file, cancellationToken);
        var known = collections.ToDictionary(c => c.Name);
        var unknown = manifest.Collections.Where(c => c.Value.Count > 0 && !known.ContainsKey(c.Key)).Select(c => c.Key).ToList();
        if (unknown.Count > 0) { throw new InvalidDataException($"'{file}' holds what this version does not know ({string.Join(", ", unknown)}). Restore it with the version of the app that wrote it, then upgrade."); }
        foreach (var collection in collections)
        {
            if (await records.LastIdAsync(collection, cancellationToken) is not null)
            {
                throw new InvalidDataException($"The store holds records already ({collection.Name}), and a restore mixes nothing. Set Storage:MongoDatabase to a new name, restore, and start the copies with it; the old one stays as it is.");
            }
        }
        await ForEachAsync(file, (name, content) => name == ArchiveManifest.EntryName ? Task.CompletedTask
            : name.StartsWith(Media, StringComparison.Ordinal) ? KeepMediaAsync(name, content, cancellationToken)
            : KeepRecordsAsync(known[CollectionOf(name)], content, cancellationToken), cancellationToken);
        foreach (var (name, part) in manifest.Collections.Where(c => c.Value.Count > 0))
        {
            if (await SumAsync(known[name], null, cancellationToken) is var sum && sum != part) { throw new InvalidDataException($"{name}: {sum.Count:N0} records came back of {part.Count:N0}, or not as they were. Drop the database and restore again."); }
        }
        await records.MarkAsync([.. manifest.Migrations.Select(m => (m.Key, m.Value))], cancellationToken);
        return manifest;
    }

    private async Task FillAsync(TarWriter tar, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Migrations first: a copy that migrates meanwhile must do so again after a restore, not be taken at its word.
        var migrations = (await records.MigrationsAsync(cancellationToken)).ToDictionary(m => m.Name, m => m.At);
        var parts = new SortedDictionary<string, ArchivePart>(StringComparer.Ordinal);
        foreach (var collection in collections.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            var number = 0;
            parts[collection.Name] = await SumAsync(collection, portion => WriteAsync(tar, $"{Records}{collection.Name}/{number++:D7}.jsonl", portion, cancellationToken), cancellationToken);
        }
        var media = await WriteMediaAsync(tar, cancellationToken);
        var manifest = new ArchiveManifest(ArchiveManifest.Current, now, parts, migrations, media);
        await WriteAsync(tar, ArchiveManifest.EntryName, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, ArchiveManifest.Json)), cancellationToken);
    }

    private async Task<ArchivePart> SumAsync(ICollection collection, Func<Stream, Task>? keep, CancellationToken cancellationToken)
    {
        using var sum = new ArchiveSum();
        string? after = null;
        while (await records.ReadAsync(collection, after, Portion, cancellationToken) is { Count: > 0 } some)
        {
            using var portion = new MemoryStream();
            foreach (var record in some)
            {
                var line = JsonSerializer.SerializeToUtf8Bytes(record, collection.Type, ArchiveManifest.Json);
                sum.Add(line);
                portion.Write(line);
                portion.WriteByte((byte)'\n');
            }
            portion.Position = 0;
            if (keep is not null) { await keep(portion); }
            after = some[^1].Id;
        }
        return sum.Part;
    }

    private async Task<ArchivePart> WriteMediaAsync(TarWriter tar, CancellationToken cancellationToken)
    {
        using var sum = new ArchiveSum();
        var files = Directory.Exists(mediaFolder) ? Directory.EnumerateFiles(mediaFolder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(Unfinished, StringComparison.Ordinal)) : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            FileStream content;
            try { content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete); }
            catch (FileNotFoundException) { continue; /* deleted meanwhile */ }
            await using (content)
            {
                var name = Media + Path.GetRelativePath(mediaFolder, file).Replace(Path.DirectorySeparatorChar, '/');
                sum.Add(name, await SHA256.HashDataAsync(content, cancellationToken));
                content.Position = 0;
                await WriteAsync(tar, name, content, cancellationToken);
            }
        }
        return sum.Part;
    }

    private async Task KeepRecordsAsync(ICollection collection, Stream content, CancellationToken cancellationToken) => await records.WriteAsync(collection,
        [.. (await LinesAsync(content, cancellationToken)).Select(l => (Document)(JsonSerializer.Deserialize(l, collection.Type, ArchiveManifest.Json) ?? throw new InvalidDataException("a record is null")))], cancellationToken);

    private async Task KeepMediaAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var parts = name[Media.Length..].Split('/');
        if (parts.Length != 2 || !parts.All(Primitives.Ids.IsValid)) { throw new InvalidDataException($"'{name}' is no name of a media file."); }
        var path = Path.Combine(mediaFolder, parts[0], parts[1]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (var file = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write))
        {
            await content.CopyToAsync(file, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + Unfinished, path, overwrite: true);
    }

    private static Task WriteAsync(TarWriter tar, string name, Stream content, CancellationToken cancellationToken) =>
        tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite }, cancellationToken);

    private static async Task ForEachAsync(string file, Func<string, Stream, Task> take, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read);
        await using var zip = new GZipStream(stream, CompressionMode.Decompress);
        await using var tar = new TarReader(zip);
        try
        {
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry) { await take(entry.Name, entry.DataStream ?? Stream.Null); }
        }
        catch (EndOfStreamException) { throw new InvalidDataException($"'{file}' is cut off."); }
    }

    private static async Task<string[]> LinesAsync(Stream content, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(content, Encoding.UTF8);
        return (await reader.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string CollectionOf(string name) => name.StartsWith(Records, StringComparison.Ordinal) && name.Split('/') is [_, var collection, _]
        ? collection : throw new InvalidDataException($"'{name}' is nothing that a backup of this app holds.");
}
