using System.Runtime.CompilerServices;
using Bunit;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Platform.Ai;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Ui;
using Platform.Features.Content.Contracts;
using Platform.Tests.Ai;
using Platform.Tests.Ui;

namespace Platform.Tests.Features.Agents;

/// <summary>The agents beside the composer, as a person sees them.</summary>
public sealed class ComposerAgentPanelTests : UiContext
{
    private readonly List<string> _applied = [];
    private AgentsApp? _app;

    [Fact]
    public void A_draft_is_offered_and_reaches_the_editor_only_when_accepted()
    {
        var panel = Panel(null);
        panel.Markup.ShouldContain("Offline");
        panel.Find("textarea").Input("Announce the spring menu");
        Button(panel, "Draft").Click();
        panel.WaitForElement(".suggestion", TimeSpan.FromSeconds(20));
        panel.Find(".suggestion").TextContent.ShouldContain("spring menu");
        panel.Markup.ShouldContain("Confidence");
        _applied.ShouldBeEmpty();
        Button(panel, "Accept").Click();
        panel.WaitForState(() => _applied.Count == 1, TimeSpan.FromSeconds(20));
        _applied[0].ShouldContain("spring menu");
        panel.FindAll(".suggestion").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_edited_suggestion_is_applied_and_recorded_as_edited()
    {
        var panel = Panel(null);
        panel.Find("textarea").Input("Announce the spring menu");
        Button(panel, "Draft").Click();
        panel.WaitForElement(".suggestion", TimeSpan.FromSeconds(20));
        Button(panel, "Edit").Click();
        panel.WaitForElement(".suggestion textarea").Input("Spring is here");
        Button(panel, "Use my version").Click();
        panel.WaitForState(() => _applied.Count == 1, TimeSpan.FromSeconds(20));
        _applied.ShouldBe(["Spring is here"]);
        (await _app!.Get<ReadSuggestions>().ListAsync(SignedIn.Caller, new(SuggestionState.Edited), default)).Unwrap().Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_rejected_suggestion_leaves_the_editor_alone()
    {
        var panel = Panel(null);
        panel.Find("textarea").Input("Announce the spring menu");
        Button(panel, "Draft").Click();
        panel.WaitForElement(".suggestion", TimeSpan.FromSeconds(20));
        Button(panel, "Reject").Click();
        panel.WaitForState(() => panel.FindAll(".suggestion").Count == 0, TimeSpan.FromSeconds(20));
        _applied.ShouldBeEmpty();
        (await _app!.Get<ReadSuggestions>().ListAsync(SignedIn.Caller, new(SuggestionState.Rejected), default)).Unwrap().Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Stop_ends_the_writing_and_the_run()
    {
        var panel = Panel(new ScriptedModel((_, _, token) => FiveWordsThenNothing(token)));
        panel.Find("textarea").Input("Announce the spring menu");
        Button(panel, "Draft").Click();
        panel.WaitForState(() => panel.Markup.Contains("word word word word word"), TimeSpan.FromSeconds(20));
        Button(panel, "Stop").Click();
        panel.WaitForState(() => panel.FindAll(".agent-words").Count == 0, TimeSpan.FromSeconds(20));
        panel.FindAll(".note.danger").ShouldBeEmpty();
        (await _app!.Get<ReadRuns>().ListAsync(SignedIn.Caller, new(), default)).Unwrap().Items.ShouldHaveSingleItem().State.ShouldBe(RunState.Cancelled);
    }

    [Fact]
    public void A_failing_model_is_explained_with_a_way_to_try_again()
    {
        var panel = Panel(ScriptedModel.Failing(new ModelException(ModelFailure.Unavailable, "503")));
        panel.Find("textarea").Input("Announce the spring menu");
        Button(panel, "Draft").Click();
        panel.WaitForState(() => panel.Markup.Contains("not available right now"), TimeSpan.FromSeconds(20));
        Button(panel, "Try again").ShouldNotBeNull();
    }

    [Fact]
    public void What_a_model_says_is_shown_as_text_and_never_as_markup()
    {
        var panel = Panel(ScriptedModel.Saying(_ => "<img src=x onerror=alert(1)> <script>alert(2)</script> spring menu"));
        panel.Find("textarea").Input("Announce the spring menu");
        Button(panel, "Draft").Click();
        panel.WaitForElement(".suggestion", TimeSpan.FromSeconds(20));
        panel.FindAll("img, script").ShouldBeEmpty();
        panel.Find(".suggestion").TextContent.ShouldContain("<img src=x");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) { _app?.Dispose(); }
    }

    private IRenderedComponent<ComposerAgentPanel> Panel(IModelProvider? model)
    {
        _app = new AgentsApp(model);
        Services.AddSingleton(_app.Get<ComposerAgents>()).AddSingleton(_app.Get<DecideSuggestion>()).AddSingleton(_app.Get<IModels>());
        var context = new ComposerContext { Text = "", Channels = [], ApplyText = text => { _applied.Add(text); return Task.CompletedTask; }, ApplyVariant = (_, _) => Task.CompletedTask };
        return Render<ComposerAgentPanel>(parameters => parameters.Add(p => p.Context, context));
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> FiveWordsThenNothing([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < 5; i++)
        {
            yield return new(ChatRole.Assistant, "word ");
            await Task.Yield();
        }
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<ComposerAgentPanel> panel, string text) => panel.FindAll("button").First(b => b.TextContent.Contains(text, StringComparison.Ordinal));
}
