using Platform.Primitives;

namespace Platform.Features.Publishing.Actions;

/// <summary>
/// Who claims. The node is the data folder's own id. Each process holds a lock of its own in the folder, which the operating system gives back however the
/// process ends: so what a dead process of this folder had claimed is known to belong to nobody any more, and is freed at once instead of after its lease,
/// while other living copies on the same folder keep theirs.
/// </summary>
public sealed class WorkerIdentity : IDisposable
{
    private const string Suffix = ".lock";
    private readonly string? _folder;
    private readonly FileStream? _lock;

    /// <param name="directory">The data folder; null: no folder, a node of its own.</param>
    public WorkerIdentity(string? directory)
    {
        Worker = Ids.New();
        if (directory is null) { Node = Worker; return; }
        Node = NodeOf(directory);
        _folder = Directory.CreateDirectory(Path.Combine(directory, "workers")).FullName;
        _lock = TryLock(FileOf(Worker));
    }

    /// <summary>The data folder's id.</summary>
    public string Node { get; }

    /// <summary>This process.</summary>
    public string Worker { get; }

    /// <summary>The workers of this folder whose process is alive, this one among them; what others of the node had claimed belongs to nobody any more.</summary>
    public IReadOnlyList<string> Living() => [Worker, .. Others().Where(w => !IsFree(FileOf(w)))];

    /// <summary>Clears away the locks of dead processes.</summary>
    public void ClearDead() { foreach (var worker in Others().Where(w => IsFree(FileOf(w)))) { File.Delete(FileOf(worker)); } }

    /// <summary>Gives the lock back; the next start clears it away, and frees what could not be given back before.</summary>
    public void Dispose() => _lock?.Dispose();

    private IEnumerable<string> Others() => _folder is null ? [] :
        Directory.EnumerateFiles(_folder, "*" + Suffix).Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(w => w != Worker && Ids.IsValid(w));

    private string FileOf(string worker) => Path.Combine(_folder!, worker + Suffix);

    private static string NodeOf(string directory)
    {
        Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, "node-id");
        if (File.Exists(file) && File.ReadAllText(file).Trim() is var known && Ids.IsValid(known)) { return known; }
        var made = Ids.New();
        File.WriteAllText(file, made);
        return made;
    }

    private static bool IsFree(string file)
    {
        using var taken = TryLock(file);
        return taken is not null;
    }

    private static FileStream? TryLock(string file)
    {
        try { return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) { return null; }
    }
}
