using Platform.Features.Audit.Actions;

namespace Platform.Features.Audit.Jobs;

/// <summary>Seals what this copy wrote within a second, and what a dead copy left behind within a few.</summary>
public sealed class AuditSealer(SealAudit seal, AuditWake wake, TimeProvider time, ILogger<AuditSealer> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try { await seal.RunAsync(stoppingToken); }
            catch (Exception failure) when (failure is not OperationCanceledException) { logger.LogError(failure, "The audit log could not be sealed now; it is tried again in seconds"); }
            await wake.WaitAsync(Look, time, stoppingToken);
            // What is being written together is sealed together; a staged record is committed by then.
            await Task.Delay(Gather, time, stoppingToken);
        }
    }
}
