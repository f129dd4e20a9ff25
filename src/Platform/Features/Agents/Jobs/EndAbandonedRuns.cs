using Platform.Features.Agents.Actions;
using Platform.Jobs;

namespace Platform.Features.Agents.Jobs;

/// <summary>Ends what a stop of the app cut off: runs without a sign of life, and money that was set aside for calls nobody will settle.</summary>
[Job("agents-end-abandoned", MaxAttempts = 3), Recurring("*/10 * * * *")]
public sealed class EndAbandonedRuns(EndAbandoned action) : IJob<Nothing>
{
    /// <inheritdoc />
    public Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken) => action.RunAsync(cancellationToken);
}
