using Platform.Ai;
using Platform.Features.Agents.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Agents.Store;

/// <summary>Which runs.</summary>
public sealed record RunFilter(AgentName? Agent = null, RunKind? Kind = null, RunState? State = null);

/// <summary>Runs.</summary>
public sealed class RunStore(IDocumentStore store)
{
    /// <summary>The collection, its runs kept for so many days.</summary>
    public static Collection<AgentRun> Collection(int keepDays) => new Collection<AgentRun>("agent_runs")
        .Index("created", Sort<AgentRun>.ByDescending(r => r.CreatedAt))
        .Index("state", Sort<AgentRun>.By(r => r.State))
        .Index("ended", Sort<AgentRun>.By(r => r.EndedAt))
        .Index("state_seen", Sort<AgentRun>.By(r => r.State).ThenBy(r => r.SeenAt), acrossOrganizations: true)
        .Expire("kept", r => r.CreatedAt, TimeSpan.FromDays(keepDays));

    /// <summary>Stores a new run.</summary>
    public Task<AgentRun> InsertAsync(Caller caller, AgentRun run, CancellationToken cancellationToken) => store.For<AgentRun>(caller).InsertAsync(run, cancellationToken);

    /// <summary>Stores a new run together with what else is in the batch.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);

    /// <summary>A run; null where there is none.</summary>
    public Task<AgentRun?> GetAsync(Caller caller, string id, CancellationToken cancellationToken) => store.For<AgentRun>(caller).GetAsync(id, cancellationToken);

    /// <summary>A page of runs, newest first.</summary>
    public Task<Page<AgentRun>> ListAsync(Caller caller, RunFilter filter, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var (agents, kinds, states) = (OneOrAll(filter.Agent), OneOrAll(filter.Kind), OneOrAll(filter.State));
        return store.For<AgentRun>(caller).FindAsync(new()
        {
            Filter = r => agents.Contains(r.Agent) && kinds.Contains(r.Kind) && states.Contains(r.State),
            Sort = Sort<AgentRun>.ByDescending(r => r.CreatedAt),
            Limit = limit,
            Cursor = cursor,
        }, cancellationToken);
    }

    /// <summary>How many runs are at work or waiting, by agent; and how many ended since a moment, by agent and state.</summary>
    public async Task<(IReadOnlyList<Group> Unfinished, IReadOnlyList<Group> Ended)> CountAsync(Caller caller, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var runs = store.For<AgentRun>(caller);
        var unfinished = await runs.GroupAsync(new GroupQuery<AgentRun> { Filter = r => r.State == RunState.Queued || r.State == RunState.Running }.By(r => r.Agent), cancellationToken);
        return (unfinished, await runs.GroupAsync(new GroupQuery<AgentRun> { Filter = r => r.EndedAt >= since }.By(r => r.Agent).By(r => r.State), cancellationToken));
    }

    /// <summary>Marks a waiting run as begun; null where it is not waiting any more.</summary>
    public Task<AgentRun?> BeginAsync(Caller caller, string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.For<AgentRun>(caller).UpdateOneAsync(
            r => r.Id == id && (r.State == RunState.Queued || r.State == RunState.Running),
            new Update<AgentRun>().Set(r => r.State, RunState.Running).Set(r => r.StartedAt, now).Set(r => r.SeenAt, now),
            null, cancellationToken);

    /// <summary>Stores progress; null where the run has ended (it was cancelled).</summary>
    public Task<AgentRun?> ReportAsync(Caller caller, string id, double progress, string message, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.For<AgentRun>(caller).UpdateOneAsync(
            r => r.Id == id && r.State == RunState.Running,
            new Update<AgentRun>().Set(r => r.Progress, progress).Set(r => r.Message, message).Set(r => r.SeenAt, now),
            null, cancellationToken);

    /// <summary>Ends a run. One that a person cancelled stays cancelled; what it made and used is stored all the same.</summary>
    public async Task FinishAsync(Caller caller, AgentRun ended, ModelUsage usage, CancellationToken cancellationToken)
    {
        var (id, runs) = (ended.Id, store.For<AgentRun>(caller));
        Update<AgentRun> Facts() => new Update<AgentRun>()
            .Set(r => r.Output, ended.Output).Set(r => r.Sources, ended.Sources).Set(r => r.Model, ended.Model)
            .Set(r => r.TokensIn, usage.InputTokens).Set(r => r.TokensOut, usage.OutputTokens).Set(r => r.TokensEstimated, usage.Estimated).Set(r => r.CostMicroUsd, usage.CostMicroUsd);
        var all = Facts().Set(r => r.State, ended.State).Set(r => r.Error, ended.Error).Set(r => r.EndedAt, ended.EndedAt).Set(r => r.Message, ended.Message)
            .Set(r => r.Progress, ended.State == RunState.Succeeded ? 1 : ended.Progress);
        if (await runs.UpdateOneAsync(r => r.Id == id && r.State == RunState.Running, all, null, cancellationToken) is null)
        {
            await runs.UpdateOneAsync(r => r.Id == id, Facts(), null, cancellationToken);
        }
    }

    /// <summary>Cancels a run that has not ended; null where it has, or there is none.</summary>
    public Task<AgentRun?> CancelAsync(Caller caller, string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.For<AgentRun>(caller).UpdateOneAsync(
            r => r.Id == id && (r.State == RunState.Queued || r.State == RunState.Running),
            new Update<AgentRun>().Set(r => r.State, RunState.Cancelled).Set(r => r.EndedAt, now).Set(r => r.Message, "Cancelled."),
            null, cancellationToken);

    /// <summary>Stores a rating; null where there is no such run.</summary>
    public Task<AgentRun?> RateAsync(Caller caller, string id, RunRating rating, CancellationToken cancellationToken) =>
        store.For<AgentRun>(caller).UpdateOneAsync(r => r.Id == id, new Update<AgentRun>().Set(r => r.Rating, rating), null, cancellationToken);

    /// <summary>Fails runs that gave no sign of life since a moment, in all organizations; returns how many.</summary>
    public Task<long> FailAbandonedAsync(DateTimeOffset seenBefore, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.ForPlatform<AgentRun>(Caller.Platform).UpdateManyAsync(
            r => r.State == RunState.Running && r.SeenAt < seenBefore,
            new Update<AgentRun>().Set(r => r.State, RunState.Failed).Set(r => r.EndedAt, now)
                .Set(r => r.Error, new RunError("run_abandoned", "The app stopped while this ran. Nothing was published; start it again.")),
            cancellationToken);

    private static IReadOnlyList<T> OneOrAll<T>(T? one) where T : struct, Enum => one is { } value ? [value] : Enum.GetValues<T>();
}
