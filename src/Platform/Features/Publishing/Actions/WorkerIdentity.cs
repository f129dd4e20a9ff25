using Platform.Primitives;

namespace Platform.Features.Publishing.Actions;

/// <summary>
/// Who claims. The node is the data folder's own id: where this process holds the folder's lock alone, whatever an earlier process of the same folder
/// had claimed belongs to nobody any more and can be freed at once, instead of after its lease.
/// </summary>
public sealed class WorkerIdentity : IDisposable
{
    private readonly FileStream? _lock;

    /// <param name="directory">The data folder; null: no folder, a node of its own.</param>
    public WorkerIdentity(string? directory)
    {
        Worker = Ids.New();
        Node = directory is null ? Worker : NodeOf(directory);
        _lock = directory is null ? null : TryLock(Path.Combine(directory, "publishing.lock"));
    }

    /// <summary>The data folder's id.</summary>
    public string Node { get; }

    /// <summary>This process.</summary>
    public string Worker { get; }

    /// <summary>Whether no other process of this node is alive.</summary>
    public bool IsAlone => _lock is not null;

    /// <inheritdoc />
    public void Dispose() => _lock?.Dispose();

    private static string NodeOf(string directory)
    {
        Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, "node-id");
        if (File.Exists(file) && File.ReadAllText(file).Trim() is var known && Ids.IsValid(known)) { return known; }
        var made = Ids.New();
        File.WriteAllText(file, made);
        return made;
    }

    // The operating system gives the lock back however the process ends.
    private static FileStream? TryLock(string file)
    {
        try { return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) { return null; }
    }
}
