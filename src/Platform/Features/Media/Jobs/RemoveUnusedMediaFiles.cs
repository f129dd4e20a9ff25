using Platform.Features.Media.Actions;
using Platform.Jobs;

namespace Platform.Features.Media.Jobs;

/// <summary>Every hour: looks at the assets whose turn it is, at most so many, and removes what nothing uses.</summary>
[Job("remove-unused-media", TimeoutSeconds = 900), Recurring("41 * * * *")]
public sealed class RemoveUnusedMediaFiles(RemoveUnusedMedia remove, ILogger<RemoveUnusedMediaFiles> log) : IJob<Nothing>
{
    private const int MostBatches = 20;

    /// <inheritdoc />
    public async Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken)
    {
        var removed = 0;
        for (var i = 0; i < MostBatches; i++)
        {
            var (seen, gone) = await remove.RunAsync(cancellationToken);
            removed += gone;
            if (seen < RemoveUnusedMedia.Batch) { break; }
        }
        if (removed > 0) { log.LogInformation("{Count} unused media files were removed", removed); }
    }
}
