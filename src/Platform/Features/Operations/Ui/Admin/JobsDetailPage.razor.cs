using Microsoft.AspNetCore.Components;
using Platform.Features.Operations.Actions;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Live;
using Platform.Ui.Parts;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>One job: all that is known of it, and what can be done.</summary>
public sealed partial class JobsDetailPage(ReadJobs read, ChangeJob change, CallerProvider callers, NavigationManager navigation)
{
    private static readonly string[] Kinds = ["jobs"];

    private ConfirmByTyping? _confirm;
    private Result<JobView>? _job;
    private Problem? _problem;
    private bool _mayManage;

    /// <summary>The job's id.</summary>
    [Parameter] public required string Id { get; set; }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        _mayManage = caller.May(Permission.StaffJobsManage);
        _job = await read.GetAsync(caller, Id, CancellationToken.None);
    }

    private Task ChangedAsync(IReadOnlyCollection<LiveChange> changes) => changes.Any(c => c.IsAbout(Id)) ? LoadAsync() : Task.CompletedTask;

    private Task DoneAsync(Problem? problem)
    {
        _problem = problem;
        return LoadAsync();
    }

    private async Task<Problem?> DeleteAsync()
    {
        var result = await change.RunAsync(await callers.GetAsync(), Id, JobChange.Delete, CancellationToken.None);
        if (result.Ok) { navigation.NavigateTo("/admin/jobs"); }
        return result.Problem;
    }
}
