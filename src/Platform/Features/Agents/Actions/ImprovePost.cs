using Platform.Ai;
using Platform.Features.Agents.Agents;
using Platform.Features.Agents.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>A text to improve, and a wish how.</summary>
public sealed record ImprovePostRequest(string Text, TargetNames For, string? Tone = null, string? Wish = null);

/// <summary>Improves a text's wording.</summary>
public sealed class ImprovePost(ContentAgent agent, AgentRunner runner)
{
    /// <summary>Hands the words over as they come.</summary>
    public IAsyncEnumerable<DraftChunk> StreamAsync(Caller caller, ImprovePostRequest request, CancellationToken cancellationToken) =>
        agent.StreamAsync(caller, token => PrepareAsync(caller, request, token), cancellationToken);

    /// <summary>Returns the suggestion when it is whole.</summary>
    public async Task<Result<SuggestionView>> RunAsync(Caller caller, ImprovePostRequest request, CancellationToken cancellationToken)
    {
        var plan = await PrepareAsync(caller, request, cancellationToken);
        return plan.Ok ? await runner.RunAsync(caller, plan.Value, cancellationToken) : plan.Problem;
    }

    private async Task<Result<RunPlan>> PrepareAsync(Caller caller, ImprovePostRequest request, CancellationToken cancellationToken)
    {
        var targets = await agent.StartAsync(caller, request.For, cancellationToken);
        if (!targets.Ok) { return targets.Problem; }
        if (ContentAgent.CheckText("text", request.Text) is { } problem) { return problem; }
        var tone = ContentAgent.CheckTone(request.Tone);
        if (!tone.Ok) { return tone.Problem; }
        var wish = PlainText.From(request.Wish, 500);
        return new RunPlan(AgentName.Content, RunKind.ImprovePost, [new("text", request.Text), new("tone", tone.Value), new("wish", wish)], async (session, token) =>
        {
            var task = await agent.TaskAsync(caller, TextTaskKind.Improve, request.Text, targets.Value, token) with { Tone = tone.Value };
            return await agent.WriteAsync(session, ContentPrompts.ForImprove(task, Targets.Words(targets.Value), wish), targets.Value, "Reworded", token);
        });
    }
}
