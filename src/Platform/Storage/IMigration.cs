namespace Platform.Storage;

/// <summary>A change of stored records, run once at start in order of <see cref="Name"/>, before the first request. Must be safe to run twice (a crash may cut it off).</summary>
public interface IMigration
{
    /// <summary>Sortable and stable, such as <c>2026-11-22-post-labels</c>.</summary>
    string Name { get; }

    /// <summary>Does it.</summary>
    Task RunAsync(IDocumentStore store, CancellationToken cancellationToken);
}
