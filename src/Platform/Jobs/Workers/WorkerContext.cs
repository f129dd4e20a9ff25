using Microsoft.Extensions.Options;
using Platform.Jobs.Records;

namespace Platform.Jobs.Workers;

/// <summary>What the parts of one server share.</summary>
public sealed class WorkerContext(JobStore store, JobRunner runner, IOptions<JobsOptions> options, TimeProvider time, ILogger<JobServer> log)
{
    /// <summary>The server's id, new with every start.</summary>
    internal string ServerId { get; } = Primitives.Ids.New();

    internal RunningJobs Running { get; } = new();

    internal JobStore Store => store;

    internal JobRunner Runner => runner;

    internal JobsOptions Options => options.Value;

    internal TimeProvider Time => time;

    internal ILogger Log => log;

    internal TimeSpan Lease => TimeSpan.FromSeconds(Options.LeaseSeconds);

    internal TimeSpan LongestSleep => TimeSpan.FromSeconds(Options.LongestSleepSeconds);
}
