using System.Text.Json;
using Platform.Coordination;
using Platform.Jobs.Records;

namespace Platform.Jobs;

/// <summary>What the queue tells its workers and the staff's pages. All of it hints: a lost one costs time, never work.</summary>
public sealed class JobSignals(ISignals signals, ILogger<JobSignals> log)
{
    internal const string CancelPrefix = "cancel:";
    internal const string QueuePrefix = "queue:";

    /// <summary>A job changed its state: pages hear it; workers wake where there is work for them.</summary>
    public void Changed(StoredJob job)
    {
        if (job.State is JobState.Ready) { Publish(Topics.JobsWake, QueuePrefix + job.Queue); }
        else if (job.State is JobState.Scheduled or JobState.Retrying) { Publish(Topics.JobsWake, ""); }
        Show(job.Id);
    }

    /// <summary>A running job is to stop.</summary>
    public void CancelRequested(StoredJob job)
    {
        Publish(Topics.JobsWake, CancelPrefix + job.Id);
        Show(job.Id);
    }

    /// <summary>Pages may look again at a job.</summary>
    public void Show(string jobId) => Publish(Topics.LiveStaff, JsonSerializer.Serialize(new LiveEvent("jobs", jobId), JobQueue.Json));

    /// <summary>There may be work anywhere.</summary>
    public void WakeAll() => Publish(Topics.JobsWake, "");

    // Not waited for: the queue must not be slowed by who listens.
    private void Publish(string topic, string message) => _ = PublishAsync(topic, message);

#pragma warning disable CA1031 // a hint that cannot be given is logged; the work itself is stored
    private async Task PublishAsync(string topic, string message)
    {
        try { await signals.PublishAsync(topic, message); }
        catch (Exception e) { log.LogWarning(e, "A signal on {Topic} was lost; receivers find the change by their own clock", topic); }
    }
#pragma warning restore CA1031
}
