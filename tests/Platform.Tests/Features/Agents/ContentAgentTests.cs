using Microsoft.Extensions.AI;
using Platform.Ai;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.Ai;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Agents;

/// <summary>The Content agent's actions with the offline engine, on the real store.</summary>
public sealed class ContentAgentTests(AgentsApp app) : IClassFixture<AgentsApp>
{
    private const string Long = "Our spring menu starts on Friday at 18:00. It has twelve new dishes from the Basel region. Chef Mira spent a year on the asparagus course. "
        + "The terrace opens too, weather permitting. You can book a table at https://example.com/book. Dogs are welcome outside. We really look forward to seeing all of our regular guests and everybody who has never been here before. "
        + "The old menu ends on Thursday. Vouchers stay valid until the end of the year.";

    [Fact]
    public async Task A_draft_comes_in_pieces_and_ends_as_a_suggestion_with_a_recorded_run()
    {
        var channel = app.Channel();
        var chunks = await AgentsApp.AllAsync(app.Get<DraftPost>().StreamAsync(app.Caller, new("Announce our spring menu on Friday at 18:00", null, new([channel.Id], null), "friendly"), default));
        chunks.Count(c => c.Text is not "").ShouldBeGreaterThan(3, "it streams");
        var suggestion = chunks[^1].Suggestion.ShouldNotBeNull();
        suggestion.Text.ShouldContain("spring menu");
        suggestion.Model.ShouldNotBeNull().Offline.ShouldBeTrue();
        suggestion.Reason.ShouldContain("offline");
        suggestion.Fits.ShouldHaveSingleItem().Fits.ShouldBeTrue();
        suggestion.Confidence.Value.ShouldBeInRange(0.5, 1);

        var run = (await app.Get<ReadRuns>().GetAsync(app.Caller, suggestion.RunId, default)).Unwrap();
        run.State.ShouldBe(RunState.Succeeded);
        run.Output.ShouldBe(suggestion.Text);
        run.Input.ShouldContain(new RunField("brief", "Announce our spring menu on Friday at 18:00"));
        run.CreatedByName.ShouldBe("Ada");
        run.CostMicroUsd.ShouldBe(0);
        run.Progress.ShouldBe(1);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(120)]
    [InlineData(300)]
    public async Task Variants_keep_each_networks_limit(int limit)
    {
        var (small, large) = (app.Channel(maxText: limit), app.Channel(maxText: 5_000));
        var made = (await app.Get<MakeVariants>().RunAsync(app.Caller, new(Long, new([small.Id, large.Id], null)), default)).Unwrap();
        made.Variants.Count.ShouldBe(2);
        made.Variants[0].Fit.Length.ShouldBeInRange(1, limit);
        made.Variants.ShouldAllBe(v => v.Fit.Fits);
        made.Variants[1].Text.Length.ShouldBeGreaterThan(made.Variants[0].Text.Length);
    }

    [Fact]
    public async Task A_shortened_text_keeps_its_link_and_its_length()
    {
        var made = (await app.Get<ShortenPost>().RunAsync(app.Caller, new(Long, new(null, null), 160), default)).Unwrap();
        made.Text.Length.ShouldBeInRange(40, 160);
        made.Text.ShouldContain("https://example.com/book");
    }

    [Fact]
    public async Task Hashtags_are_what_the_text_is_about()
    {
        var made = (await app.Get<SuggestHashtags>().RunAsync(app.Caller, new(Long, new(null, null), 4), default)).Unwrap();
        made.Text.Split(' ').Length.ShouldBe(4);
        made.Text.Split(' ').ShouldAllBe(tag => tag.StartsWith('#'));
        made.Confidence.Value.ShouldBe(1);
    }

    [Fact]
    public async Task An_improved_text_loses_fillers_and_no_facts()
    {
        var made = (await app.Get<ImprovePost>().RunAsync(app.Caller, new("we are  really happy  that the Shop opens at 9:30 ,in order to serve you !! see https://example.com/a?b=1", new(null, null)), default)).Unwrap();
        made.Text.ShouldStartWith("We are happy");
        made.Text.ShouldContain("9:30");
        made.Text.ShouldContain("https://example.com/a?b=1");
        made.Text.ShouldNotContain("in order to");
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Client)]
    public async Task Whoever_may_not_use_agents_is_refused_before_anything_is_recorded(Role role)
    {
        var caller = app.Caller with { Role = role, Organization = new(Ids.New()) };
        (await app.Get<DraftPost>().RunAsync(caller, new("A brief", null, new(null, null)), default)).Problem.ShouldNotBeNull().Kind.ShouldBe(ProblemKind.Forbidden);
        (await app.Get<ReadRuns>().ListAsync(caller with { Role = Role.Owner }, new(), default)).Unwrap().Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_with_nothing_in_it_says_what_to_give()
    {
        (await app.Get<DraftPost>().RunAsync(app.Caller, new(" ", "", new(null, null)), default)).Problem.ShouldNotBeNull().Code.ShouldBe("brief_missing");
        (await app.Get<ImprovePost>().RunAsync(app.Caller, new(" ", new(null, null)), default)).Problem.ShouldNotBeNull().Fields.Keys.ShouldContain("text");
        (await app.Get<DraftPost>().RunAsync(app.Caller, new("x", null, new(null, null), "sarcastic"), default)).Problem.ShouldNotBeNull().Code.ShouldBe("unknown_tone");
        (await app.Get<DraftPost>().RunAsync(app.Caller, new("x", null, new([Ids.New()], null)), default)).Problem.ShouldNotBeNull().Kind.ShouldBe(ProblemKind.NotFound);
    }

    [Fact]
    public async Task Accepting_makes_one_draft_however_often_it_is_clicked()
    {
        var channel = app.Channel();
        var suggestion = (await app.Get<DraftPost>().RunAsync(app.Caller, new("A quiz night on Thursday", null, new([channel.Id], null)), default)).Unwrap();
        var before = app.Created.Count;
        var clicks = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => app.Get<DecideSuggestion>().AcceptAsync(app.Caller, suggestion.Id, new(Text: "Quiz night!"), default)));
        clicks.Count(c => c.Ok).ShouldBe(1);
        clicks.Where(c => !c.Ok).ShouldAllBe(c => c.Problem!.Code == "suggestion_decided");
        app.Created.Skip(before).ShouldHaveSingleItem().Text.ShouldBe("Quiz night!");
        var accepted = clicks.Single(c => c.Ok).Value!;
        accepted.State.ShouldBe(SuggestionState.Edited);
        accepted.PostId.ShouldNotBeNull();
        accepted.DecidedBy.ShouldBe("Ada");
    }

    [Fact]
    public async Task A_rejected_suggestion_keeps_its_reason_and_makes_no_draft()
    {
        var suggestion = (await app.Get<DraftPost>().RunAsync(app.Caller, new("A quiz night on Thursday", null, new(null, null)), default)).Unwrap();
        var before = app.Created.Count;
        var rejected = (await app.Get<DecideSuggestion>().RejectAsync(app.Caller, suggestion.Id, new("too loud"), default)).Unwrap();
        (rejected.State, rejected.DecisionNote).ShouldBe((SuggestionState.Rejected, "too loud"));
        (await app.Get<DecideSuggestion>().AcceptAsync(app.Caller, suggestion.Id, new(), default)).Ok.ShouldBeFalse();
        app.Created.Count.ShouldBe(before);
    }

    [Fact]
    public async Task Another_organization_sees_none_of_it()
    {
        var suggestion = (await app.Get<DraftPost>().RunAsync(app.Caller, new("A quiz night on Thursday", null, new(null, null)), default)).Unwrap();
        var stranger = app.Caller with { Organization = new(Ids.New()) };
        (await app.Get<ReadRuns>().GetAsync(stranger, suggestion.RunId, default)).Problem.ShouldNotBeNull().Kind.ShouldBe(ProblemKind.NotFound);
        (await app.Get<DecideSuggestion>().AcceptAsync(stranger, suggestion.Id, new(), default)).Problem.ShouldNotBeNull().Kind.ShouldBe(ProblemKind.NotFound);
        (await app.Get<CancelRun>().RunAsync(stranger, suggestion.RunId, default)).Problem.ShouldNotBeNull().Kind.ShouldBe(ProblemKind.NotFound);
        (await app.Get<RateRun>().RunAsync(stranger, suggestion.RunId, new(5), default)).Problem.ShouldNotBeNull().Kind.ShouldBe(ProblemKind.NotFound);
    }
}
