using Platform.Features.Analytics.Actions;
using Platform.Jobs;

namespace Platform.Features.Analytics.Jobs;

/// <summary>Reads the numbers of posts that are due: every quarter of an hour while they are young, hourly for thirty days.</summary>
[Job("collect-metrics", TimeoutSeconds = 280, MaxAttempts = 1), Recurring("*/5 * * * *")]
public sealed class CollectMetrics(CollectNumbers collect) : IJob<Nothing>
{
    /// <inheritdoc />
    public async Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken) =>
        await context.ReportAsync(1, $"{await collect.RunAsync(cancellationToken)} publications read", cancellationToken);
}

/// <summary>Reads the numbers of accounts four times a day; the last reading of a day stands.</summary>
[Job("collect-followers", TimeoutSeconds = 1800, MaxAttempts = 2), Recurring("23 */6 * * *")]
public sealed class CollectAccountNumbers(CollectFollowers collect) : IJob<Nothing>
{
    /// <inheritdoc />
    public async Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken) =>
        await context.ReportAsync(1, $"{await collect.RunAsync(cancellationToken)} accounts read", cancellationToken);
}
