using Platform.Jobs.Records;
using Platform.Tenancy;

namespace Platform.Jobs.Workers;

/// <inheritdoc />
internal sealed class RunContext(StoredJob job, JobStore store, JobSignals signals) : JobContext
{
    private const int LongestMessage = 500;

    /// <inheritdoc />
    public override string JobId => job.Id;

    /// <inheritdoc />
    public override int Attempt => job.Attempt;

    /// <inheritdoc />
    public override bool IsLastAttempt => job.Attempt >= job.MaxAttempts;

    /// <inheritdoc />
    public override Caller Caller { get; } = (job.OrganizationId is { } id ? Caller.System(id, job.Name) : Caller.Platform) with { CorrelationId = job.CorrelationId ?? job.Id };

    /// <inheritdoc />
    public override async Task ReportAsync(double progress, string message, CancellationToken cancellationToken)
    {
        var line = message.Length <= LongestMessage ? message : message[..LongestMessage];
        if (await store.ReportAsync(job, Math.Clamp(progress, 0, 1), line, cancellationToken)) { signals.Show(job.Id); }
    }
}
