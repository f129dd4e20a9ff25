using Platform.Features.Audit.Actions;
using Platform.Jobs;
using Platform.Tenancy;

namespace Platform.Features.Audit.Jobs;

/// <summary>Verifies the whole log every night. A fault is kept for the staff's banner and fails the job, so that it is seen in both places.</summary>
[Job("verify-audit", MaxAttempts = 1, TimeoutSeconds = 3600)]
[Recurring("40 3 * * *")]
public sealed class VerifyAuditNightly(VerifyAudit verify, ILogger<VerifyAuditNightly> logger) : IJob<Nothing>
{
    /// <inheritdoc />
    public async Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken)
    {
        var verdict = (await verify.WholeAsync(Caller.Platform, cancellationToken)).Unwrap();
        await context.ReportAsync(1, $"{verdict.Entries} entries, {verdict.FaultCount} faults", cancellationToken);
        if (verdict.Sound) { return; }
        logger.LogCritical("The audit log does not verify: {Faults} faults, the first: {First}", verdict.FaultCount, verdict.Faults[0].Message);
        throw new InvalidOperationException($"The audit log does not verify: {verdict.Faults[0].Message}");
    }
}
