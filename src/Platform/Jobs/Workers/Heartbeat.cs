using System.Diagnostics;
using Platform.Jobs.Records;

namespace Platform.Jobs.Workers;

/// <summary>Shows that this server lives, keeps its leases, and hears what was asked of its runs while a signal was lost.</summary>
public sealed class Heartbeat(WorkerContext context, ServerStore servers, JobCatalog catalog)
{
    private static readonly string ProcessMark = Primitives.Ids.New();
    private ServerRecord? _self;

    internal string Machine { get; init; } = Environment.MachineName;

    /// <summary>One beat.</summary>
    internal async Task BeatAsync(bool draining, CancellationToken cancellationToken)
    {
        var now = context.Time.GetUtcNow();
        var running = context.Running.All;
        _self = (_self ?? Introduce(now)) with { SeenAt = now, Running = running.Count, Draining = draining };
        await servers.SeenAsync(_self, cancellationToken);
        if (running.Count == 0) { return; }
        await context.Store.RenewAsync(context.ServerId, [.. running.Select(r => r.Job.Id)], now + context.Lease, cancellationToken);
        var held = (await context.Store.HeldByAsync(context.ServerId, cancellationToken)).ToDictionary(j => j.Id);
        foreach (var run in running)
        {
            if (!held.TryGetValue(run.Job.Id, out var stored) || stored.Epoch != run.Job.Epoch) { LoseUnlessEnded(run); }
            else if (stored.CancelRequested) { run.Stop(StopReason.Cancelled); }
        }
    }

    /// <summary>The servers of this machine whose process is gone: what they ran can be taken over at once, without waiting for the lease.</summary>
    internal async Task<IReadOnlyList<StoredJob>> OrphansHereAsync(CancellationToken cancellationToken)
    {
        var orphans = new List<StoredJob>();
        foreach (var server in await servers.AllAsync(cancellationToken))
        {
            if (server.Id == context.ServerId || server.Machine != Machine || Lives(server)) { continue; }
            orphans.AddRange(await context.Store.HeldByAsync(server.Id, cancellationToken));
            await servers.ForgetAsync(server.Id, cancellationToken);
        }
        return orphans;
    }

    /// <summary>The server's last word.</summary>
    internal Task LeaveAsync() => servers.ForgetAsync(context.ServerId, CancellationToken.None);

    // A run that ended between the two reads is not lost; only one that still runs here must stop.
    private static void LoseUnlessEnded(RunningJob run)
    {
        if (!run.Run.IsCompleted) { run.Stop(StopReason.LeaseLost); }
    }

    private ServerRecord Introduce(DateTimeOffset now) => new()
    {
        Id = context.ServerId,
        Machine = Machine,
        ProcessId = Environment.ProcessId,
        ProcessMark = ProcessMark,
        StartedAt = now,
        SeenAt = now,
        Queues = [.. catalog.Queues.Select(q => $"{q} × {context.Options.ConcurrencyOf(q)}")],
    };

    private static bool Lives(ServerRecord server)
    {
        if (server.ProcessId == Environment.ProcessId) { return server.ProcessMark == ProcessMark; }
        try
        {
            using var process = Process.GetProcessById(server.ProcessId);
            return !process.HasExited;
        }
        catch (ArgumentException) { return false; }
    }
}
