using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NSubstitute;
using Platform.Features.Operations.Actions;
using Platform.Jobs;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Operations;

/// <summary>A recurring job that fails, or never begins, is seen on the overview and in the readiness answer, and takes no copy out of service.</summary>
public sealed class RecurringHealthTests
{
    private readonly IJobMonitor _monitor = Substitute.For<IJobMonitor>();
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task What_failed_or_is_overdue_is_named_and_what_is_late_by_little_is_not()
    {
        var now = _clock.GetUtcNow();
        Recurring(
            Job("fine", now.AddHours(1), JobState.Succeeded), Job("late", now.AddMinutes(-14), null), Job("overdue", now.AddMinutes(-16), JobState.Succeeded),
            Job("retrying", now.AddHours(1), JobState.Retrying) with { LastError = "the moon is down\n at line 1" }, Job("dead", now.AddHours(1), JobState.Dead), Job("new", now.AddHours(1), null));
        var found = await new ReadRecurringHealth(_monitor, _clock).RunAsync(CancellationToken.None);
        found.Select(t => (t.Name, t.Overdue)).ShouldBe([("overdue", true), ("retrying", false), ("dead", false)]);
        found[1].Error.ShouldBe("the moon is down");
    }

    [Fact]
    public async Task It_is_degraded_and_still_ready_and_staff_see_which()
    {
        Recurring(Job("collect-metrics", DateTimeOffset.UtcNow.AddHours(1), JobState.Dead));
        await using var app = new PlatformApp().With("Jobs:Enabled", "false").With(services => services.Replace(ServiceDescriptor.Singleton(_monitor)));
        using var client = app.CreateClient();
        var ready = await (await client.GetAsync("/health/ready")).ReadAsync();
        ready.GetProperty("status").GetString().ShouldBe("ready");
        ready.GetProperty("checks").GetProperty("recurring jobs").GetString().ShouldBe("degraded");
        ready.GetProperty("checks").GetProperty("storage").GetString().ShouldBe("working");
        var staff = await app.StaffAsync();
        var overview = await (await staff.Client.GetAsync("/api/v1/admin/overview")).ReadAsync();
        overview.GetProperty("recurring")[0].GetProperty("name").GetString().ShouldBe("collect-metrics");
    }

    private void Recurring(params RecurringView[] jobs) => _monitor.RecurringAsync(default!, default).ReturnsForAnyArgs(jobs);

    private static RecurringView Job(string name, DateTimeOffset next, JobState? last) =>
        new() { Name = name, Cron = "0 * * * *", Zone = "Etc/UTC", NextAt = next, LastState = last, LastEndedAt = last is null ? null : next.AddHours(-1), LastJobId = "j" };
}
