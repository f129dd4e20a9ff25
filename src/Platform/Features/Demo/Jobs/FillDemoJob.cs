using Platform.Features.Demo.Actions;
using Platform.Jobs;

namespace Platform.Features.Demo.Jobs;

/// <summary>Fills the demo whose people are there; cut off, it goes on where it was.</summary>
[Job("fill-demo", TimeoutSeconds = 900)]
public sealed class FillDemoJob(FillDemo fill) : IJob<Nothing>
{
    /// <inheritdoc />
    public Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken) =>
        fill.CompleteAsync((done, next) => context.ReportAsync(done, next, cancellationToken), cancellationToken);
}
