using Microsoft.AspNetCore.Components;
using Platform.Jobs;
using Platform.Primitives;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>One list of jobs.</summary>
public sealed partial class JobsTable
{
    private Problem? _problem;

    /// <summary>Which list.</summary>
    [Parameter, EditorRequired] public required JobList List { get; set; }

    /// <summary>The jobs; null while they are read.</summary>
    [Parameter, EditorRequired] public required Result<Page<JobView>>? Jobs { get; set; }

    /// <summary>Whether the reader may change jobs.</summary>
    [Parameter, EditorRequired] public required bool MayManage { get; set; }

    /// <summary>Reads again after a problem.</summary>
    [Parameter] public EventCallback OnRetry { get; set; }

    /// <summary>A job was changed.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    /// <summary>Reads the next page.</summary>
    [Parameter] public EventCallback<string> OnMore { get; set; }

    private string TimeTitle => List switch
    {
        JobList.Processing => "Begun",
        JobList.Failed => "Failed",
        JobList.Dead or JobList.Succeeded or JobList.Cancelled => "Ended",
        _ => "Due",
    };

    private string EmptyText => List switch
    {
        JobList.Dead => T["JobsTable.NoJobHasGivenUp"],
        JobList.Failed => T["JobsTable.NoJobsLastRunHas"],
        JobList.Retries => T["JobsTable.NoJobWaitsForAnother"],
        JobList.Processing => T["JobsTable.NothingRunsAtThisMoment"],
        JobList.Scheduled => T["JobsTable.NothingIsPlannedForLater"],
        JobList.Ready => T["JobsTable.NothingWaitsForAFree"],
        _ => T["JobsTable.NothingOfThisKindIs"],
    };

    private DateTimeOffset? TimeOf(JobView job) => List switch
    {
        JobList.Processing => job.StartedAt,
        JobList.Failed => job.FailedAt,
        JobList.Dead or JobList.Succeeded or JobList.Cancelled => job.EndedAt,
        _ => job.RunAt,
    };

    private async Task DoneAsync(Problem? problem)
    {
        _problem = problem;
        await OnChanged.InvokeAsync();
    }
}
