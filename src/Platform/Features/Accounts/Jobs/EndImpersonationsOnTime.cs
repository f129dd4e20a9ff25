using Platform.Features.Accounts.Actions;
using Platform.Jobs;

namespace Platform.Features.Accounts.Jobs;

/// <summary>Records every minute which impersonations are over.</summary>
[Job("end-impersonations"), Recurring("* * * * *")]
public sealed class EndImpersonationsOnTime(EndImpersonations end) : IJob<Nothing>
{
    /// <inheritdoc />
    public async Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken) => await context.ReportAsync(1, $"{await end.RunAsync(cancellationToken)} ended", cancellationToken);
}
