using Platform.Primitives;

namespace Platform.Features.Media.Store;

/// <summary>Media under a folder: <c>{root}/{organization}/{id}</c>. Both names are our own ids; what people type never becomes a path.</summary>
public sealed class FolderMediaFiles(string root) : IMediaFiles
{
    private const string Unfinished = ".part";

    /// <inheritdoc />
    public Task<Stream> CreateAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        var path = PathOf(organizationId, id) + Unfinished;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return Task.FromResult<Stream>(new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024));
    }

    /// <inheritdoc />
    public Task KeepAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        var path = PathOf(organizationId, id);
        // The bytes reach the disk before the name does: after a power loss there is a whole file or none.
        using (var file = new FileStream(path + Unfinished, FileMode.Open, FileAccess.ReadWrite)) { file.Flush(flushToDisk: true); }
        File.Move(path + Unfinished, path, overwrite: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<Stream?> OpenAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        var path = PathOf(organizationId, id);
        return Task.FromResult<Stream?>(File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : null);
    }

    /// <inheritdoc />
    public Task DeleteAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        var path = PathOf(organizationId, id);
        if (!Directory.Exists(Path.GetDirectoryName(path))) { return Task.CompletedTask; }
        File.Delete(path + Unfinished);
        File.Delete(path);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task DeleteAllAsync(string organizationId, CancellationToken cancellationToken)
    {
        var folder = Ids.IsValid(organizationId) ? Path.Combine(root, organizationId) : throw new ArgumentException("media are named by ids");
        if (Directory.Exists(folder)) { Directory.Delete(folder, recursive: true); }
        return Task.CompletedTask;
    }

    /// <summary>All kept files, as organization and id.</summary>
    public IReadOnlyList<(string OrganizationId, string Id)> All() => !Directory.Exists(root) ? [] :
        [.. Directory.EnumerateDirectories(root).Select(Path.GetFileName).OfType<string>().Where(Ids.IsValid)
            .SelectMany(o => Directory.EnumerateFiles(Path.Combine(root, o)).Select(Path.GetFileName).OfType<string>().Where(Ids.IsValid).Select(id => (o, id)))];

    /// <summary>Deletes what was written before a moment, finished or not.</summary>
    public void Sweep(DateTimeOffset before)
    {
        if (!Directory.Exists(root)) { return; }
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(f => File.GetLastWriteTimeUtc(f) < before.UtcDateTime)) { File.Delete(file); }
    }

    private string PathOf(string organizationId, string id) => Ids.IsValid(organizationId) && Ids.IsValid(id)
        ? Path.Combine(root, organizationId, id)
        : throw new ArgumentException("media are named by ids");
}
