using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Platform.Ai;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>What is to be run: by whom, with what, and the work itself.</summary>
public sealed record RunPlan(AgentName Agent, RunKind Kind, IReadOnlyList<RunField> Input, RunWork Work);

/// <summary>The work of a run. What it returns is stored as suggestions.</summary>
public delegate Task<Result<RunOutcome>> RunWork(RunSession session, CancellationToken cancellationToken);

/// <summary>What a run made: its output in words, and the suggestions.</summary>
public sealed record RunOutcome(string Output, IReadOnlyList<Suggestion> Suggestions);

/// <summary>
/// Runs agents' work and records it, whatever comes of it: success, problem, cancellation, a bug, or a reader who walks away.
/// </summary>
public sealed class AgentRunner(IModels models, RunStore runs, SuggestionStore suggestions, RunningRuns running, LiveRuns live, TimeProvider time)
{
    /// <summary>Runs and hands over what comes as it comes. Walking away cancels the run.</summary>
    public async IAsyncEnumerable<DraftChunk> StreamAsync(Caller caller, RunPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var run = await runs.InsertAsync(caller, New(caller, plan, RunState.Running), cancellationToken);
        var chunks = Channel.CreateUnbounded<DraftChunk>(new() { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = WorkAsync(caller, run, plan.Work, chunks.Writer, stop.Token);
        try
        {
            yield return new(run.Id);
            // The work always ends the channel, also when it is cancelled: nothing to cancel here.
            await foreach (var chunk in chunks.Reader.ReadAllAsync(CancellationToken.None)) { yield return chunk; }
        }
        finally
        {
            await stop.CancelAsync();
            await work;
        }
    }

    /// <summary>Runs to the end; the first suggestion, or the problem.</summary>
    public async Task<Result<SuggestionView>> RunAsync(Caller caller, RunPlan plan, CancellationToken cancellationToken)
    {
        DraftChunk? last = null;
        await foreach (var chunk in StreamAsync(caller, plan, cancellationToken)) { last = chunk; }
        return Last(last);
    }

    /// <summary>Continues a run that was queued; null where it was cancelled before it began. For jobs.</summary>
    public async Task<Result<Done>?> ContinueAsync(Caller caller, string runId, RunWork work, CancellationToken cancellationToken)
    {
        if (await runs.BeginAsync(caller, runId, time.GetUtcNow(), cancellationToken) is not { } run) { return null; }
        var chunks = Channel.CreateUnbounded<DraftChunk>();
        await WorkAsync(caller, run, work, chunks.Writer, cancellationToken);
        DraftChunk? last = null;
        await foreach (var chunk in chunks.Reader.ReadAllAsync(CancellationToken.None)) { last = chunk; }
        return last?.Problem is { } problem ? problem : Done.Ok;
    }

    /// <summary>A new run's record.</summary>
    public AgentRun New(Caller caller, RunPlan plan, RunState state)
    {
        var now = time.GetUtcNow();
        return new()
        {
            OrganizationId = caller.OrganizationId,
            Agent = plan.Agent,
            Kind = plan.Kind,
            State = state,
            Input = [.. plan.Input.Where(f => f.Value is not "").Select(f => f with { Value = PlainText.From(f.Value, 8_000) })],
            CreatedBy = caller.UserId,
            CreatedByName = caller.Name,
            CreatedAt = now,
            StartedAt = state == RunState.Running ? now : null,
            SeenAt = now,
        };
    }

    internal static Result<SuggestionView> Last(DraftChunk? last) =>
        last?.Problem is { } problem ? problem : last?.Suggestion ?? throw new InvalidOperationException("a run ended without a result");

    private async Task WorkAsync(Caller caller, AgentRun run, RunWork work, ChannelWriter<DraftChunk> chunks, CancellationToken cancellationToken)
    {
        using var stop = running.Begin(run.Id, cancellationToken);
        var session = new RunSession(caller, run.Id, models, new RunProgress(runs, live, time), chunks);
        Exception? bug = null;
        try
        {
            await live.ChangedAsync(caller, run.Id);
            var outcome = await work(session, stop.Token);
            await EndAsync(caller, run, session, outcome, chunks);
        }
        catch (OperationCanceledException e) when (stop.Token.IsCancellationRequested || e is RunCancelledException)
        {
            await EndAsync(caller, run, session, Problem.Conflict("run_cancelled", "The work was cancelled. Nothing was changed."), chunks);
        }
        catch (Exception e)
        {
            bug = e;
            await EndAsync(caller, run, session, new Problem(ProblemKind.UpstreamFailed, "agent_failed", "The agent failed by a fault of this app. Try again; the run is recorded for the operator."), chunks);
            throw;
        }
        finally
        {
            chunks.TryComplete(bug);
        }
    }

    // Recorded with no token of the run's: it is what remains when everything else was stopped.
    private async Task EndAsync(Caller caller, AgentRun run, RunSession session, Result<RunOutcome> outcome, ChannelWriter<DraftChunk> chunks)
    {
        var made = outcome.Ok ? outcome.Value.Suggestions : [];
        if (made.Count > 0) { await suggestions.InsertAsync(caller, made, CancellationToken.None); }
        var ended = run with
        {
            State = outcome.Ok ? RunState.Succeeded : outcome.Problem.Code == "run_cancelled" ? RunState.Cancelled : RunState.Failed,
            Output = outcome.Ok ? outcome.Value.Output : session.Words,
            Sources = session.Sources,
            Model = session.Model,
            Error = outcome.Ok ? null : new(outcome.Problem.Code, outcome.Problem.Message),
            Message = outcome.Ok ? "Done." : "",
            Progress = session.Progress,
            EndedAt = time.GetUtcNow(),
        };
        await runs.FinishAsync(caller, ended, session.Usage, CancellationToken.None);
        await live.ChangedAsync(caller, run.Id);
        chunks.TryWrite(new(run.Id, Suggestion: made is [var first, ..] ? first.ToView() : null, Problem: outcome.Problem));
    }
}
