using NSubstitute;
using Platform.Features.Audit.Contracts;
using Platform.Features.Operations.Actions;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.Jobs;

namespace Platform.Tests.Features.Operations;

public sealed class JobsDashboardTests : IAsyncDisposable
{
    private readonly JobsHarness _jobs = new();
    private readonly IAudit _audit = Substitute.For<IAudit>();

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Theory]
    [InlineData(StaffRole.SuperAdmin, true, true)]
    [InlineData(StaffRole.Admin, true, true)]
    [InlineData(StaffRole.Support, true, true)]
    [InlineData(StaffRole.Technical, true, true)]
    [InlineData(StaffRole.Finance, false, false)]
    [InlineData(StaffRole.ContentModerator, false, false)]
    public async Task Only_roles_with_the_permission_see_and_change_jobs(StaffRole role, bool sees, bool changes)
    {
        var id = await _jobs.EnqueueAsync("x");
        var caller = Staff(role);
        (await Read.QueuesAsync(caller, CancellationToken.None)).Ok.ShouldBe(sees);
        (await Read.ListAsync(caller, new JobListRequest(JobList.Ready), CancellationToken.None)).Ok.ShouldBe(sees);
        (await Read.GetAsync(caller, id, CancellationToken.None)).Ok.ShouldBe(sees);
        (await Change.RunAsync(caller, id, JobChange.Cancel, CancellationToken.None)).Ok.ShouldBe(changes);
        (await _jobs.JobAsync(id)).State.ShouldBe(changes ? JobState.Cancelled : JobState.Ready);
    }

    [Fact]
    public async Task A_customer_may_nothing_here()
    {
        var id = await _jobs.EnqueueAsync("x");
        var owner = new Caller { Kind = CallerKind.Person, UserId = Ids.New(), Organization = new OrganizationId(Ids.New()), Role = Role.Owner };
        (await Read.GetAsync(owner, id, CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
        (await Change.RunAsync(owner, id, JobChange.Delete, CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
        (await new TriggerRecurringJob(_jobs.Monitor, _audit).RunAsync(owner, "test-daily", CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
        _audit.ReceivedCalls().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_done_to_a_job_is_on_record_and_what_was_refused_is_not()
    {
        var organization = Ids.New();
        var id = await _jobs.EnqueueAsync("x", organization);
        var caller = Staff(StaffRole.Technical);
        (await Change.RunAsync(caller, id, JobChange.Requeue, CancellationToken.None)).Problem!.Code.ShouldBe("job_state");
        _audit.ReceivedCalls().ShouldBeEmpty();
        (await Change.RunAsync(caller, id, JobChange.Cancel, CancellationToken.None)).Ok.ShouldBeTrue();
        (await Change.RunAsync(caller, id, JobChange.Requeue, CancellationToken.None)).Ok.ShouldBeTrue();
        (await Change.RunAsync(caller, id, JobChange.Delete, CancellationToken.None)).Ok.ShouldBeTrue();
        foreach (var action in new[] { "job.cancelled", "job.requeued", "job.deleted" })
        {
            await _audit.Received(1).RecordAsync(caller, Arg.Is<AuditEntry>(e => e.Action == action && e.TargetId == id && e.OrganizationId == organization), Arg.Any<CancellationToken>());
        }
        (await Change.RunAsync(caller, id, JobChange.Run, CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
        (await Change.RunAsync(caller, "../x", JobChange.Run, CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
    }

    [Fact]
    public async Task A_recurring_job_is_run_by_hand_and_that_is_on_record()
    {
        var caller = Staff(StaffRole.SuperAdmin);
        var trigger = new TriggerRecurringJob(_jobs.Monitor, _audit);
        var begun = (await trigger.RunAsync(caller, "test-daily", CancellationToken.None)).Unwrap();
        (await _jobs.JobAsync(begun.JobId)).State.ShouldBe(JobState.Ready);
        await _audit.Received(1).RecordAsync(caller, new AuditEntry("job.triggered", "recurring_job", "test-daily"), Arg.Any<CancellationToken>());
        (await trigger.RunAsync(caller, "test-daily", CancellationToken.None)).Problem!.Code.ShouldBe("already_running");
        (await trigger.RunAsync(caller, "test-note", CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
    }

    private ReadJobs Read => new(_jobs.Monitor);

    private ChangeJob Change => new(_jobs.Monitor, _jobs.Queue, _audit);

    private static Caller Staff(StaffRole role) => new() { Kind = CallerKind.Staff, UserId = Ids.New(), StaffRole = role };
}
