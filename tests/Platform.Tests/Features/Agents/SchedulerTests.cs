using NSubstitute;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Jobs;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tests.Ai;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Agents;

/// <summary>Suggested times and the week's plan, on the real store.</summary>
public sealed class SchedulerTests : IDisposable
{
    // A Sunday, 08:00 UTC.
    private readonly FakeClock _clock = new();
    private readonly AgentsApp _app;

    public SchedulerTests()
    {
        _app = new AgentsApp();
        _app.App.With(_clock);
    }

    [Fact]
    public async Task Times_come_with_reason_sample_size_and_confidence_and_a_recorded_run()
    {
        var channel = _app.Channel();
        // Twelve weeks, with the end of summer time among them: Wednesdays 15:00 in Berlin do well, Mondays 09:00 do not. 2 September 2026 is a Wednesday.
        _app.Posts90 = [.. Enumerable.Range(0, 12).SelectMany(week => new[]
        {
            new PostEngagement(channel.Id, Berlin(new DateTime(2026, 9, 2, 15, 0, 0).AddDays(7 * week)), 200),
            new PostEngagement(channel.Id, Berlin(new DateTime(2026, 8, 31, 9, 0, 0).AddDays(7 * week)), 3),
        })];
        var made = (await _app.Get<SuggestTimes>().RunAsync(_app.Caller, new([channel.Id], Count: 1), default)).Unwrap();
        var time = made.Times.ShouldHaveSingleItem();
        DateTime.Parse(time.LocalTime, System.Globalization.CultureInfo.InvariantCulture).DayOfWeek.ShouldBe(DayOfWeek.Wednesday);
        (time.SampleSize, time.TimeZone, time.ChannelId).ShouldBe((12, "Europe/Berlin", channel.Id));
        time.Reason.ShouldContain("12 posts of yours");
        time.Lift.ShouldBeGreaterThan(1.5);
        made.Model.ShouldBeNull("no model is asked for numbers");
        var run = (await _app.Get<ReadRuns>().GetAsync(_app.Caller, made.RunId, default)).Unwrap();
        (run.Agent, run.State, run.TokensIn).ShouldBe((AgentName.Scheduler, RunState.Succeeded, 0));
        run.Sources.ShouldHaveSingleItem().Id.ShouldBe(channel.Id);
    }

    [Fact]
    public async Task Without_numbers_it_says_that_it_rests_on_an_assumption()
    {
        var made = (await _app.Get<SuggestTimes>().RunAsync(_app.Caller, new([_app.Channel().Id]), default)).Unwrap();
        made.Times.Count.ShouldBe(3);
        made.Times.ShouldAllBe(t => t.Confidence.Value == 0 && t.Reason.Contains("assumption and not data"));
        made.Times.ShouldAllBe(t => t.At > _clock.GetUtcNow());
    }

    [Fact]
    public async Task Planned_posts_are_left_clear()
    {
        var channel = _app.Channel();
        var first = (await _app.Get<SuggestTimes>().RunAsync(_app.Caller, new([channel.Id], Count: 1), default)).Unwrap().Times[0];
        _app.Planned = [_app.Publication(channel.Id, first.At)];
        var second = (await _app.Get<SuggestTimes>().RunAsync(_app.Caller, new([channel.Id], Count: 1), default)).Unwrap().Times[0];
        (second.At - first.At).Duration().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Accepting_a_time_for_a_post_schedules_it()
    {
        var channel = _app.Channel();
        _app.Scheduling.ScheduleAsync(default!, default!, default!, default).ReturnsForAnyArgs(Done.Ok);
        var post = Ids.New();
        _app.Posts.GetAsync(default!, default!, default).ReturnsForAnyArgs(_app.Post(post, channel.Id));
        var made = (await _app.Get<SuggestTimes>().RunAsync(_app.Caller, new(null, post), default)).Unwrap();
        (await _app.Get<DecideSuggestion>().AcceptAsync(_app.Caller, made.Id, new(Schedule: true, Time: 1), default)).Unwrap().State.ShouldBe(SuggestionState.Accepted);
        await _app.Scheduling.Received(1).ScheduleAsync(_app.Caller, post, Arg.Is<WhenToPublish>(w => w.TimeZone == "Europe/Berlin" && $"{w.LocalTime:s}" == made.Times[1].LocalTime), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_weeks_plan_makes_a_draft_with_a_time_for_each_topic()
    {
        var channel = _app.Channel();
        var payload = await QueueAsync("Our new bike\nThe Sunday ride\nHelmets on sale", channel.Id);
        (await _app.Get<WriteWeek>().RunAsync(_app.Caller, payload, default)).ShouldNotBeNull().Ok.ShouldBeTrue();
        var made = (await _app.Get<ReadSuggestions>().ListAsync(_app.Caller, new(RunId: payload.RunId), default)).Unwrap().Items;
        made.Count.ShouldBe(3);
        made.ShouldAllBe(s => s.Kind == SuggestionKind.Post && s.Times.Count == 1 && s.State == SuggestionState.Open);
        made.Select(s => s.Times[0].At).Distinct().Count().ShouldBe(3);
        made.Select(s => s.Text).ShouldContain(t => t.Contains("Sunday ride"));
        (await _app.Get<ReadRuns>().GetAsync(_app.Caller, payload.RunId, default)).Unwrap().Progress.ShouldBe(1);
    }

    [Fact]
    public async Task A_plan_that_was_cancelled_while_it_waited_never_runs()
    {
        var payload = await QueueAsync("Our new bike", _app.Channel().Id);
        (await _app.Get<CancelRun>().RunAsync(_app.Caller, payload.RunId, default)).Unwrap().State.ShouldBe(RunState.Cancelled);
        (await _app.Get<WriteWeek>().RunAsync(_app.Caller, payload, default)).ShouldBeNull();
        (await _app.Get<ReadSuggestions>().ListAsync(_app.Caller, new(RunId: payload.RunId), default)).Unwrap().Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_the_app_left_behind_is_failed_and_its_money_counted()
    {
        var run = await _app.Get<Platform.Features.Agents.Store.RunStore>().InsertAsync(_app.Caller, _app.Get<AgentRunner>().New(_app.Caller, new(AgentName.Content, RunKind.DraftPost, [], (_, _) => throw new NotSupportedException()), RunState.Running), default);
        (await _app.Get<OrganizationBudget>().ReserveAsync(_app.Caller, new(500, 7, "m", run.Id), default)).Unwrap();
        await _app.Get<EndAbandoned>().RunAsync(default);
        (await _app.Get<ReadRuns>().GetAsync(_app.Caller, run.Id, default)).Unwrap().State.ShouldBe(RunState.Running, "it may still be at work");
        _clock.Advance(TimeSpan.FromMinutes(61));
        await _app.Get<EndAbandoned>().RunAsync(default);
        (await _app.Get<ReadRuns>().GetAsync(_app.Caller, run.Id, default)).Unwrap().Error.ShouldNotBeNull().Code.ShouldBe("run_abandoned");
        var budget = await _app.Get<OrganizationBudget>().ReadAsync(_app.Caller, default);
        (budget.TokensUsed, budget.TokensReserved).ShouldBe((500, 0));
    }

    public void Dispose() => _app.Dispose();

    private static DateTimeOffset Berlin(DateTime local) => TimeZoneInfo.ConvertTimeToUtc(local, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    private async Task<PlanWeekPayload> QueueAsync(string brief, string channelId)
    {
        PlanWeekPayload? payload = null;
        _app.Jobs.Enqueue<PlanWeekJob, PlanWeekPayload>(default!, default!, default!).ReturnsForAnyArgs(call => { payload = call.Arg<PlanWeekPayload>(); return Ids.New(); });
        var run = (await _app.Get<PlanWeek>().RunAsync(_app.Caller, new(brief, [channelId]), default)).Unwrap();
        run.State.ShouldBe(RunState.Queued);
        return payload.ShouldNotBeNull();
    }
}
