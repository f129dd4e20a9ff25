using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.Jobs;

/// <summary>What the Jobs room tells traces and metrics.</summary>
internal static class JobsTelemetry
{
    public const string Name = "Platform.Jobs";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Runs by job and outcome.</summary>
    public static readonly Counter<long> Runs = Meter.CreateCounter<long>("platform.jobs.runs", "{run}", "Runs of jobs by name and outcome.");

    /// <summary>Seconds from due to begun.</summary>
    public static readonly Histogram<double> Wait = Meter.CreateHistogram<double>("platform.jobs.wait", "s", "Time from the moment a job was due to its start.");

    /// <summary>Seconds a run took.</summary>
    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("platform.jobs.duration", "s", "Time that a run took.");

    /// <summary>Runs at this moment.</summary>
    public static readonly UpDownCounter<long> Running = Meter.CreateUpDownCounter<long>("platform.jobs.running", "{job}", "Jobs that run at this moment.");
}
