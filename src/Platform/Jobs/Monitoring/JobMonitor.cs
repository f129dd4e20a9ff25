using Microsoft.Extensions.Options;
using Platform.Jobs.Records;
using Platform.Jobs.Recurring;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Jobs.Monitoring;

/// <inheritdoc />
public sealed class JobMonitor(JobReads reads, JobCommands commands, RecurringStore recurring, ServerStore servers, IOptions<JobsOptions> options, TimeProvider time) : IJobMonitor
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<QueueView>> QueuesAsync(Caller caller, CancellationToken cancellationToken)
    {
        Demand(caller);
        var counts = await reads.CountsAsync(time.GetUtcNow().AddDays(-1), cancellationToken);
        return [.. counts.Select(q => new QueueView(q.Key, options.Value.ConcurrencyOf(q.Key), q.Value))];
    }

    /// <inheritdoc />
    public Task<Page<JobView>> ListAsync(Caller caller, JobListRequest request, CancellationToken cancellationToken)
    {
        Demand(caller);
        return reads.ListAsync(request, cancellationToken);
    }

    /// <inheritdoc />
    public Task<JobView?> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        Demand(caller);
        return reads.GetAsync(id, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<RecurringView>> RecurringAsync(Caller caller, CancellationToken cancellationToken)
    {
        Demand(caller);
        return [.. (await recurring.AllAsync(cancellationToken)).Select(r => new RecurringView
        {
            Name = r.Name,
            Cron = r.Cron,
            Zone = r.Zone,
            NextAt = r.NextAt,
            LastState = r.LastState,
            LastEndedAt = r.LastEndedAt,
            LastSeconds = r.LastSeconds,
            LastError = r.LastError,
            LastJobId = r.LastJobId,
        })];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<JobServerView>> ServersAsync(Caller caller, CancellationToken cancellationToken)
    {
        Demand(caller);
        var lives = time.GetUtcNow().AddSeconds(-options.Value.LeaseSeconds);
        return [.. (await servers.AllAsync(cancellationToken))
            .Select(s => new JobServerView(s.Id, s.Machine, s.ProcessId, s.StartedAt, s.SeenAt, s.SeenAt > lives, s.Draining, s.Running, s.Queues))
            .OrderByDescending(s => s.Lives).ThenByDescending(s => s.StartedAt)];
    }

    /// <inheritdoc />
    public Task<Result<Done>> RequeueAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        Demand(caller);
        return commands.RequeueAsync(id, cancellationToken);
    }

    /// <inheritdoc />
    public Task<Result<Done>> RunNowAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        Demand(caller);
        return commands.RunNowAsync(id, cancellationToken);
    }

    /// <inheritdoc />
    public Task<Result<Done>> DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        Demand(caller);
        return commands.DeleteAsync(id, cancellationToken);
    }

    /// <inheritdoc />
    public Task<Result<string>> TriggerAsync(Caller caller, string recurring, CancellationToken cancellationToken)
    {
        Demand(caller);
        return commands.TriggerAsync(recurring, cancellationToken);
    }

    private static void Demand(Caller caller)
    {
        if (!caller.IsPlatform) { throw new InvalidOperationException("the jobs of all organizations are for staff and the platform alone"); }
    }
}
