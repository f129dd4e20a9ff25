using Bunit;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using Platform.Features.Audit.Contracts;
using Platform.Features.Operations.Actions;
using Platform.Features.Operations.Ui.Admin;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Tests.Ui;

namespace Platform.Tests.Features.Operations;

public sealed class JobsPageTests : UiContext
{
    private readonly Platform.Tests.Jobs.JobsHarness _jobs = new();

    public JobsPageTests()
    {
        Services.AddSingleton(_jobs.Monitor).AddSingleton(_jobs.Queue).AddSingleton(Substitute.For<IAudit>());
        Services.AddTransient<ReadJobs>().AddTransient<ChangeJob>().AddTransient<TriggerRecurringJob>();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _jobs.DisposeAsync();
    }

    [Fact]
    public void The_table_shows_each_job_with_its_error_and_what_can_be_done()
    {
        var job = new JobView
        {
            Id = Ids.New(), Name = "send-mail", Queue = "mail", State = JobState.Dead, RunAt = Clock.GetUtcNow(), EnqueuedAt = Clock.GetUtcNow(), EndedAt = Clock.GetUtcNow(),
            Attempt = 12, MaxAttempts = 12, Error = "452: mailbox <full>",
        };
        var table = Render<JobsTable>(p => p.Add(t => t.List, JobList.Dead).Add(t => t.Jobs, new Page<JobView>([job], null)).Add(t => t.MayManage, true));
        table.Markup.ShouldContain("send-mail");
        table.Markup.ShouldContain("452: mailbox &lt;full&gt;");
        table.Markup.ShouldContain("12 of 12");
        table.FindAll("button").Select(b => b.TextContent.Trim()).ShouldContain(t => t.EndsWith("Requeue"));
        var reader = Render<JobsTable>(p => p.Add(t => t.List, JobList.Dead).Add(t => t.Jobs, new Page<JobView>([job], null)).Add(t => t.MayManage, false));
        reader.FindAll("button").ShouldBeEmpty();
    }

    [Fact]
    public void An_empty_list_says_what_would_be_here()
    {
        var table = Render<JobsTable>(p => p.Add(t => t.List, JobList.Dead).Add(t => t.Jobs, new Page<JobView>([], null)).Add(t => t.MayManage, true));
        table.Markup.ShouldContain("No job has given up");
    }

    [Fact]
    public void Someone_who_may_not_sees_why()
    {
        var page = Render<JobsQueues>(p => p.Add(q => q.Queues, Problem.Forbidden("Your staff role does not see jobs.")));
        page.Markup.ShouldContain("Your staff role does not see jobs.");
    }
}
