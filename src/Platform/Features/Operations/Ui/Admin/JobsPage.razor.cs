using Microsoft.AspNetCore.Components;
using Platform.Features.Operations.Actions;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>The jobs dashboard; the tab lives in the URL, and every change of a job is seen as it happens.</summary>
public sealed partial class JobsPage(ReadJobs read, CallerProvider callers)
{
    private const int PageSize = 50;
    private static readonly string[] Kinds = ["jobs"];

    private Result<IReadOnlyList<QueueView>>? _queues;
    private Result<IReadOnlyList<RecurringView>>? _recurring;
    private Result<IReadOnlyList<JobServerView>>? _servers;
    private Result<Page<JobView>>? _jobs;
    private string? _shown;
    private bool _mayManage;

    [SupplyParameterFromQuery(Name = "tab")] private string? Tab { get; set; }

    private JobList List => Enum.TryParse<JobList>(Tab, ignoreCase: true, out var list) ? list : JobList.Ready;

    private IReadOnlyList<Tab> Choices =>
    [
        new("", T["Jobs.Queues"], "stacks"),
        new("ready", T["Jobs.Ready"], "inbox", Count(JobState.Ready)),
        new("scheduled", T["Jobs.Scheduled"], "schedule", Count(JobState.Scheduled)),
        new("processing", T["Jobs.Processing"], "autorenew", Count(JobState.Running)),
        new("retries", T["Jobs.Retries"], "replay", Count(JobState.Retrying)),
        new("failed", T["Jobs.Failed"], "error"),
        new("dead", T["Jobs.DeadLetters"], "dangerous", Count(JobState.Dead)),
        new("succeeded", T["Jobs.Succeeded"], "check_circle"),
        new("cancelled", T["Jobs.Cancelled"], "block"),
        new("recurring", T["Jobs.Recurring"], "event_repeat"),
        new("servers", T["Jobs.Servers"], "dns"),
    ];

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        if (_shown != Tab) { (_shown, _jobs) = (Tab, null); }
        return ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        var caller = await callers.GetAsync();
        _mayManage = caller.May(Permission.StaffJobsManage);
        _queues = await read.QueuesAsync(caller, CancellationToken.None);
        switch (Tab)
        {
            case null or "": break;
            case "recurring": _recurring = await read.RecurringAsync(caller, CancellationToken.None); break;
            case "servers": _servers = await read.ServersAsync(caller, CancellationToken.None); break;
            default: _jobs = await PageAsync(caller, null, _jobs is { Ok: true } shown ? Math.Clamp(shown.Value.Items.Count, PageSize, 200) : PageSize); break;
        }
    }

    private async Task MoreAsync(string cursor)
    {
        var next = await PageAsync(await callers.GetAsync(), cursor, PageSize);
        _jobs = next.Map(n => new Page<JobView>([.. _jobs!.Value!.Items, .. n.Items], n.NextCursor));
    }

    private Task<Result<Page<JobView>>> PageAsync(Caller caller, string? cursor, int limit) =>
        read.ListAsync(caller, new JobListRequest(List, Cursor: cursor, Limit: limit), CancellationToken.None);

    private long? Count(JobState state) => _queues is { Ok: true } queues ? queues.Value.Sum(q => q.Counts.GetValueOrDefault(state)) : null;
}
