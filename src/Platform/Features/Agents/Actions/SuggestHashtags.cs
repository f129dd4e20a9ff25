using System.Globalization;
using Platform.Ai;
using Platform.Features.Agents.Agents;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Domain;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>A text to name hashtags for, 1 to 30 (5 where not said).</summary>
public sealed record SuggestHashtagsRequest(string Text, TargetNames For, int? Count = null);

/// <summary>Names hashtags. Only what looks like a hashtag is taken from the answer.</summary>
public sealed class SuggestHashtags(ContentAgent agent, AgentRunner runner)
{
    /// <summary>Hands the words over as they come.</summary>
    public IAsyncEnumerable<DraftChunk> StreamAsync(Caller caller, SuggestHashtagsRequest request, CancellationToken cancellationToken) =>
        agent.StreamAsync(caller, token => PrepareAsync(caller, request, token), cancellationToken);

    /// <summary>Returns the suggestion when it is whole.</summary>
    public async Task<Result<SuggestionView>> RunAsync(Caller caller, SuggestHashtagsRequest request, CancellationToken cancellationToken)
    {
        var plan = await PrepareAsync(caller, request, cancellationToken);
        return plan.Ok ? await runner.RunAsync(caller, plan.Value, cancellationToken) : plan.Problem;
    }

    private async Task<Result<RunPlan>> PrepareAsync(Caller caller, SuggestHashtagsRequest request, CancellationToken cancellationToken)
    {
        var targets = await agent.StartAsync(caller, request.For, cancellationToken);
        if (!targets.Ok) { return targets.Problem; }
        if (ContentAgent.CheckText("text", request.Text) is { } problem) { return problem; }
        var count = request.Count ?? 5;
        if (count is < 1 or > 30) { return Problem.InvalidField("count", "count_invalid", "Ask for 1 to 30 hashtags."); }
        return new RunPlan(AgentName.Content, RunKind.SuggestHashtags, [new("text", request.Text), new("count", count.ToString(CultureInfo.InvariantCulture))],
            (session, token) => WorkAsync(session, request.Text, count, targets.Value, token));
    }

    private async Task<Result<RunOutcome>> WorkAsync(RunSession session, string text, int count, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var task = await agent.TaskAsync(session.Caller, TextTaskKind.Hashtags, text, targets, cancellationToken) with { MaxHashtags = count };
        var asked = await session.AskAsync(ContentPrompts.ForHashtags(task), cancellationToken);
        if (!asked.Ok) { return asked.Problem; }
        var tags = TextWords.Hashtags(asked.Value.Text).Where(t => t.Length is > 2 and <= 50).DistinctBy(t => t.ToLowerInvariant()).Take(count).ToList();
        if (tags.Count == 0) { return new Problem(ProblemKind.UpstreamFailed, "no_hashtags", "No hashtags came of it: the text says too little, or the model gave none. Write more and try again."); }
        var grounded = tags.Count(tag => TextWords.Of(text).Any(word => word.Length > 2 && tag.Contains(word, StringComparison.OrdinalIgnoreCase)));
        var confidence = DraftConfidence.Of(new(0, 0, 0, 0, tags.Count, grounded)) with { Explanation = string.Create(CultureInfo.InvariantCulture, $"{grounded} of {tags.Count} hashtags use words of the text") };
        var line = string.Join(' ', tags);
        return new RunOutcome(line, [agent.New(session, SuggestionKind.Hashtags, agent.Reason("Named from what the text is about", []), confidence) with { Text = line, ChannelIds = ContentAgent.Ids(targets) }]);
    }
}
