using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Storage;

/// <summary>The last entry of an archive: what it holds, with the checksums that it must have.</summary>
/// <param name="Format">How it is written; only <see cref="Current"/> is read.</param>
/// <param name="At">When it was begun.</param>
/// <param name="Collections">Records by collection.</param>
/// <param name="Migrations">The migrations that had run, and when.</param>
/// <param name="Media">The media files.</param>
internal sealed record ArchiveManifest(int Format, DateTimeOffset At, IReadOnlyDictionary<string, ArchivePart> Collections, IReadOnlyDictionary<string, string> Migrations, ArchivePart Media)
{
    public const int Current = 1;
    public const string EntryName = "manifest.json";

    /// <summary>How records stand in an archive: every value as it is, to the tick.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, AllowOutOfOrderMetadataProperties = true,
        Converters = { new StoredConverters.TicksConverter(), new StoredConverters.OrganizationConverter(), new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { StoredConverters.LeaveOutComputed } },
    };
}

/// <summary>How many there are, and the SHA-256 over all of them in their order.</summary>
internal sealed record ArchivePart(long Count, string Sum);

/// <summary>Counts and sums one part while it is written or read.</summary>
internal sealed class ArchiveSum : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _count;

    /// <summary>Adds one record: its line, without the line's end.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        _hash.AppendData(line);
        _hash.AppendData("\n"u8);
        _count++;
    }

    /// <summary>Adds one file.</summary>
    public void Add(string name, byte[] sum) => Add(Encoding.UTF8.GetBytes($"{name} {Convert.ToHexStringLower(sum)}"));

    /// <summary>What was added so far.</summary>
    public ArchivePart Part => new(_count, Convert.ToHexStringLower(_hash.GetCurrentHash()));

    public void Dispose() => _hash.Dispose();
}
