using System.Diagnostics;
using Platform.Jobs.Records;
using Platform.Storage;

namespace Platform.Jobs.Workers;

/// <summary>Runs one claimed job and stores how it ended. Never throws: what cannot be stored is logged, and the lease's end brings the job back.</summary>
public sealed class JobRunner(JobCatalog catalog, IServiceScopeFactory scopes, JobStore store, JobSignals signals, JobOutcomes outcomes, ILogger<JobRunner> log)
{
    internal async Task RunAsync(RunningJob running, TimeProvider time)
    {
        var job = running.Job;
        using var activity = JobsTelemetry.Source.StartActivity(job.Name, ActivityKind.Consumer);
        activity?.SetTag("job.id", job.Id).SetTag("job.queue", job.Queue).SetTag("job.attempt", job.Attempt).SetTag("organization.id", job.OrganizationId);
        using var scope = log.BeginScope(new Dictionary<string, object?> { ["JobId"] = job.Id, ["Job"] = job.Name, ["OrganizationId"] = job.OrganizationId, ["CorrelationId"] = job.CorrelationId ?? job.Id });
        var started = time.GetTimestamp();
        JobsTelemetry.Running.Add(1);
        JobsTelemetry.Wait.Record(Math.Max(0, (time.GetUtcNow() - job.RunAt).TotalSeconds), new KeyValuePair<string, object?>("queue", job.Queue));
        signals.Show(job.Id);
        var outcome = await OutcomeOfAsync(running, time);
        JobsTelemetry.Running.Add(-1);
        var took = time.GetElapsedTime(started);
        JobsTelemetry.Runs.Add(1, new("job", job.Name), new("outcome", outcome.Name));
        JobsTelemetry.Duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("job", job.Name));
        activity?.SetStatus(outcome.Error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        await outcomes.StoreAsync(job, outcome, took);
    }

#pragma warning disable CA1031 // a job may throw anything; it becomes its outcome
    private async Task<RunOutcome> OutcomeOfAsync(RunningJob running, TimeProvider time)
    {
        var job = running.Job;
        if (catalog.Find(job.Name) is not { } definition) { return RunOutcome.Failed($"This build has no job class named {job.Name}; it may come with a newer one."); }
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(definition.Settings.TimeoutSeconds), time);
        using var token = CancellationTokenSource.CreateLinkedTokenSource(running.Token, timeout.Token);
        try
        {
            await using var services = scopes.CreateAsyncScope();
            await definition.RunAsync(services.ServiceProvider, job.Payload, new RunContext(job, store, signals), token.Token);
            return RunOutcome.Succeeded;
        }
        catch (PoisonPayloadException e)
        {
            log.LogError(e, "Job {Job} {JobId} has a payload that cannot be read; it is a dead letter", job.Name, job.Id);
            return RunOutcome.Poison(e.Message);
        }
        catch (Exception) when (running.Reason != StopReason.None) { return RunOutcome.Stopped(running.Reason); }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            log.LogWarning("Job {Job} {JobId} took longer than its {Seconds} s (attempt {Attempt} of {MaxAttempts})", job.Name, job.Id, definition.Settings.TimeoutSeconds, job.Attempt, job.MaxAttempts);
            return RunOutcome.Failed($"It took longer than its {definition.Settings.TimeoutSeconds} s and was cancelled.");
        }
        catch (Exception e)
        {
            log.LogWarning(e, "Job {Job} {JobId} failed (attempt {Attempt} of {MaxAttempts})", job.Name, job.Id, job.Attempt, job.MaxAttempts);
            return RunOutcome.Failed(e.ToString());
        }
    }
#pragma warning restore CA1031
}
