namespace Platform.Storage;

/// <summary>One engine, seen by the copy tool: records with their ids and versions, whoever they belong to.</summary>
internal interface ICopyEnd : IAsyncDisposable
{
    /// <summary>Up to so many records whose ids come after this one, in the order of their ids (by code point).</summary>
    Task<IReadOnlyList<Document>> ReadAsync(ICollection collection, string? after, int most, CancellationToken cancellationToken);

    /// <summary>Writes records as they are, over those with the same ids; all or none.</summary>
    Task WriteAsync(ICollection collection, IReadOnlyList<Document> records, CancellationToken cancellationToken);

    /// <summary>The greatest id; null where there are no records.</summary>
    Task<string?> LastIdAsync(ICollection collection, CancellationToken cancellationToken);

    /// <summary>The migrations that have run, and when.</summary>
    Task<IReadOnlyList<(string Name, string At)>> MigrationsAsync(CancellationToken cancellationToken);

    /// <summary>Remembers that migrations have run.</summary>
    Task MarkAsync(IReadOnlyList<(string Name, string At)> migrations, CancellationToken cancellationToken);
}
