using Platform.Features.Media.Store;

namespace Platform.Features.Media.Actions;

/// <summary>Looks after what this copy of the app has of media on its own disk, where media are in the database.</summary>
public sealed class KeepMediaCache(StoredMediaFiles files, TimeProvider time)
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromDays(1);

    private bool _broughtIn;

    /// <summary>Sweeps, and brings in where that was not done since the start; returns how many were brought in.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        files.Sweep(time.GetUtcNow() - KeepFor);
        if (_broughtIn) { return 0; }
        var brought = await files.BringInAsync(cancellationToken);
        _broughtIn = true;
        return brought;
    }
}
