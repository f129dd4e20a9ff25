namespace Platform.Jobs;

/// <summary>Settings under <c>Jobs</c>.</summary>
public sealed class JobsOptions
{
    /// <summary>Whether this copy runs jobs; a copy that only serves pages enqueues them for others.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Slots per queue, in this copy: <c>Jobs:Queues:mail:Concurrency</c>.</summary>
    public Dictionary<string, QueueOptions> Queues { get; set; } = [];

    /// <summary>Slots of a queue that <see cref="Queues"/> does not name.</summary>
    public int DefaultConcurrency { get; set; } = 8;

    /// <summary>How long a job stays with a server that is not heard of any more.</summary>
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>How often a server shows that it lives and renews its leases; at most a third of <see cref="LeaseSeconds"/>.</summary>
    public int HeartbeatSeconds { get; set; } = 10;

    /// <summary>How long a stopping server lets running jobs go on before it gives them back.</summary>
    public int DrainSeconds { get; set; } = 10;

    /// <summary>A sleeping server looks again after this even where no signal came: signals are hints and may be lost.</summary>
    public int LongestSleepSeconds { get; set; } = 15;

    /// <summary>Wait before the second attempt; doubles with each, give or take a fifth.</summary>
    public int FirstRetrySeconds { get; set; } = 10;

    /// <summary>The longest wait between attempts.</summary>
    public int LongestRetrySeconds { get; set; } = 3_600;

    /// <summary>How long succeeded and cancelled jobs are kept for the dashboard.</summary>
    public int KeepFinishedDays { get; set; } = 7;

    /// <summary>How long dead letters are kept.</summary>
    public int KeepDeadDays { get; set; } = 90;

    /// <summary>The slots of a queue.</summary>
    public int ConcurrencyOf(string queue) => Queues.TryGetValue(queue, out var options) ? options.Concurrency : DefaultConcurrency;

    /// <summary>Every mistake, each with its key.</summary>
    internal IEnumerable<string> Mistakes()
    {
        foreach (var (name, queue) in Queues)
        {
            if (queue.Concurrency is < 1 or > 1_000) { yield return $"Jobs:Queues:{name}:Concurrency must be 1 to 1000."; }
        }
        if (DefaultConcurrency is < 1 or > 1_000) { yield return "Jobs:DefaultConcurrency must be 1 to 1000."; }
        if (LeaseSeconds is < 3 or > 3_600) { yield return "Jobs:LeaseSeconds must be 3 to 3600."; }
        if (HeartbeatSeconds < 1 || HeartbeatSeconds * 3 > LeaseSeconds) { yield return "Jobs:HeartbeatSeconds must be at least 1 and at most a third of Jobs:LeaseSeconds."; }
        if (DrainSeconds is < 0 or > 600) { yield return "Jobs:DrainSeconds must be 0 to 600."; }
        if (LongestSleepSeconds is < 1 or > 3_600) { yield return "Jobs:LongestSleepSeconds must be 1 to 3600."; }
        if (FirstRetrySeconds < 1 || FirstRetrySeconds > LongestRetrySeconds) { yield return "Jobs:FirstRetrySeconds must be at least 1 and at most Jobs:LongestRetrySeconds."; }
        if (KeepFinishedDays < 1 || KeepDeadDays < 1) { yield return "Jobs:KeepFinishedDays and Jobs:KeepDeadDays must be at least 1."; }
    }
}

/// <summary>Settings of one queue.</summary>
public sealed class QueueOptions
{
    /// <summary>How many of its jobs this copy runs at a time.</summary>
    public int Concurrency { get; set; } = 8;
}
