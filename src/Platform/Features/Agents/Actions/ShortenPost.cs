using System.Globalization;
using Platform.Ai;
using Platform.Features.Agents.Agents;
using Platform.Features.Agents.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>A text to shorten: to the tightest of its targets, or to a number of characters, or (with neither) to about two thirds.</summary>
public sealed record ShortenPostRequest(string Text, TargetNames For, int? MaxLength = null);

/// <summary>Shortens a text.</summary>
public sealed class ShortenPost(ContentAgent agent, AgentRunner runner)
{
    /// <summary>Hands the words over as they come.</summary>
    public IAsyncEnumerable<DraftChunk> StreamAsync(Caller caller, ShortenPostRequest request, CancellationToken cancellationToken) =>
        agent.StreamAsync(caller, token => PrepareAsync(caller, request, token), cancellationToken);

    /// <summary>Returns the suggestion when it is whole.</summary>
    public async Task<Result<SuggestionView>> RunAsync(Caller caller, ShortenPostRequest request, CancellationToken cancellationToken)
    {
        var plan = await PrepareAsync(caller, request, cancellationToken);
        return plan.Ok ? await runner.RunAsync(caller, plan.Value, cancellationToken) : plan.Problem;
    }

    private async Task<Result<RunPlan>> PrepareAsync(Caller caller, ShortenPostRequest request, CancellationToken cancellationToken)
    {
        var targets = await agent.StartAsync(caller, request.For, cancellationToken);
        if (!targets.Ok) { return targets.Problem; }
        if (ContentAgent.CheckText("text", request.Text) is { } problem) { return problem; }
        if (request.MaxLength is < 20 or > ContentAgent.LongestText) { return Problem.InvalidField("maxLength", "length_invalid", $"The length must be 20 to {ContentAgent.LongestText} characters."); }
        return new RunPlan(AgentName.Content, RunKind.ShortenPost, [new("text", request.Text), new("longest", request.MaxLength?.ToString(CultureInfo.InvariantCulture) ?? "")],
            (session, token) => WorkAsync(session, request, targets.Value, token));
    }

    private async Task<Result<RunOutcome>> WorkAsync(RunSession session, ShortenPostRequest request, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var task = await agent.TaskAsync(session.Caller, TextTaskKind.Shorten, request.Text, targets, cancellationToken);
        var characters = request.MaxLength ?? (task.MaxLength > 0 && task.Measure(request.Text) > task.MaxLength ? 0 : Characters(request.Text) * 2 / 3);
        if (characters > 0) { task = task with { MaxLength = characters, Measure = Characters }; }
        var limits = characters > 0 ? string.Create(CultureInfo.InvariantCulture, $"at most {characters} characters") : Targets.Words(targets);
        var made = await agent.WriteAsync(session, ContentPrompts.ForShorten(task, limits), targets, "Shortened", cancellationToken);
        return made.Map(outcome => characters > 0 ? Held(outcome, characters) : outcome);
    }

    // A model counts badly: what is still too long is cut by sentence ranking.
    private RunOutcome Held(RunOutcome outcome, int characters)
    {
        if (Characters(outcome.Output) <= characters) { return outcome; }
        var text = Shortening.Fit(outcome.Output, characters, Characters);
        return new(text, [.. outcome.Suggestions.Select(s => s with { Text = text, Reason = s.Reason + " It was still too long: the sentences that say least were left out." })]);
    }

    private static int Characters(string text) => new StringInfo(text).LengthInTextElements;
}
