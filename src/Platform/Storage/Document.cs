using Platform.Primitives;

namespace Platform.Storage;

/// <summary>What every stored record is. Stored as one JSON (or BSON) document; enums as their names, dates as UTC instants, ids as strings.</summary>
public abstract record Document
{
    /// <summary>The id; made on construction.</summary>
    public string Id { get; init; } = Ids.New();

    /// <summary>Grows by one with every write. 0 before the first. <see cref="IDocuments{T}.TryReplaceAsync"/> expects the stored one.</summary>
    public long Version { get; init; }
}
