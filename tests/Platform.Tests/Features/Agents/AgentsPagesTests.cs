using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Ai;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Ui;
using Platform.Tenancy;
using Platform.Tests.Ai;
using Platform.Tests.Ui;

namespace Platform.Tests.Features.Agents;

/// <summary>The Agents pages, on the real store.</summary>
public sealed class AgentsPagesTests : UiContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private AgentsApp? _app;

    [Fact]
    public void With_nothing_done_the_page_says_what_it_is_for()
    {
        Start(null);
        var page = Render<AgentsPage>();
        page.WaitForState(() => page.Markup.Contains("Nothing to decide"), Patience);
        page.Markup.ShouldContain("No runs in the last 30 days");
        page.Markup.ShouldContain("not built yet");
        page.Markup.ShouldContain("0 of 5,000 credits used");
    }

    [Fact]
    public async Task A_suggestion_is_accepted_into_a_draft_on_the_page()
    {
        var app = Start(null);
        (await app.Get<DraftPost>().RunAsync(SignedIn.Caller, new("Announce the spring menu", null, new(null, null)), default)).Unwrap();
        var page = Render<AgentsPage>();
        page.WaitForElement(".suggestion-card", Patience).TextContent.ShouldContain("spring menu");
        page.FindAll("button").First(b => b.TextContent.Contains("Make a draft", StringComparison.Ordinal)).Click();
        page.WaitForState(() => page.Markup.Contains("Nothing to decide"), Patience);
        app.Created.ShouldHaveSingleItem().Text.ShouldContain("spring menu");
    }

    [Fact]
    public async Task A_viewer_sees_suggestions_and_no_buttons_to_decide()
    {
        var app = Start(null);
        (await app.Get<DraftPost>().RunAsync(SignedIn.Caller, new("Announce the spring menu", null, new(null, null)), default)).Unwrap();
        SignedIn.Caller = SignedIn.Caller with { Role = Role.Viewer };
        var page = Render<AgentsPage>();
        page.WaitForElement(".suggestion-card", Patience);
        page.FindAll("button").Select(b => b.TextContent.Trim()).ShouldAllBe(t => !t.Contains("draft") && !t.Contains("Reject") && !t.Contains("Plan a week"));
    }

    [Fact]
    public async Task A_failed_run_shows_why_what_it_was_given_and_what_it_cost()
    {
        var app = Start(ScriptedModel.Failing(new ModelException(ModelFailure.RateLimited, "429")));
        await app.Get<DraftPost>().RunAsync(SignedIn.Caller, new("Announce the spring menu", null, new(null, null)), default);
        var run = (await app.Get<ReadRuns>().ListAsync(SignedIn.Caller, new(), default)).Unwrap().Items.ShouldHaveSingleItem();
        var page = Render<RunPage>(p => p.Add(r => r.Id, run.Id));
        page.WaitForState(() => page.Markup.Contains("takes no more calls for now"), Patience);
        page.Markup.ShouldContain("Announce the spring menu");
        page.Markup.ShouldContain("Failed");
    }

    [Fact]
    public async Task A_run_is_rated_on_its_page()
    {
        var app = Start(null);
        var made = (await app.Get<DraftPost>().RunAsync(SignedIn.Caller, new("Announce the spring menu", null, new(null, null)), default)).Unwrap();
        var page = Render<RunPage>(p => p.Add(r => r.Id, made.RunId));
        page.WaitForState(() => page.Markup.Contains("Was it good?"), Patience);
        page.FindAll("[role=group] button")[3].Click();
        page.WaitForState(() => page.FindAll("[aria-pressed=true]").Count == 1, Patience);
        (await app.Get<ReadRuns>().GetAsync(SignedIn.Caller, made.RunId, default)).Unwrap().Rating.ShouldNotBeNull().Stars.ShouldBe(4);
    }

    [Fact]
    public async Task A_run_that_ends_unheard_is_seen_all_the_same()
    {
        var app = Start(null);
        var runs = app.Get<Platform.Features.Agents.Store.RunStore>();
        var run = await runs.InsertAsync(SignedIn.Caller, app.Get<AgentRunner>().New(SignedIn.Caller, new(AgentName.Content, RunKind.PlanWeek, [], (_, _) => throw new NotSupportedException()), RunState.Running), default);
        var page = Render<RunPage>(p => p.Add(r => r.Id, run.Id));
        page.WaitForState(() => page.Markup.Contains("At work"), Patience);
        await runs.FinishAsync(SignedIn.Caller, run with { State = RunState.Succeeded, Output = "Made unheard" }, ModelUsage.None, default);
        page.Markup.ShouldNotContain("Made unheard");
        Clock.Advance(TimeSpan.FromSeconds(3));
        page.WaitForState(() => page.Markup.Contains("Made unheard"), Patience);
    }

    [Fact]
    public void A_run_of_another_organization_is_not_there()
    {
        Start(null);
        var page = Render<RunPage>(p => p.Add(r => r.Id, Platform.Primitives.Ids.New()));
        page.WaitForState(() => page.Markup.Contains("no such run"), Patience);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) { _app?.Dispose(); }
    }

    private AgentsApp Start(IModelProvider? model)
    {
        _app = new AgentsApp(model);
        Services.AddSingleton(_app.Get<AgentsDesk>());
        return _app;
    }
}
