using Platform.Ai;
using Platform.Features.Agents.Agents;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Domain;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>A text, and the channels or networks to make a text of its own for.</summary>
public sealed record MakeVariantsRequest(string Text, TargetNames For);

/// <summary>Makes a text for each network within its limits. What is too long is repaired; what still breaks a rule is flagged.</summary>
public sealed class MakeVariants(ContentAgent agent, AgentRunner runner)
{
    /// <summary>Hands the words over as they come.</summary>
    public IAsyncEnumerable<DraftChunk> StreamAsync(Caller caller, MakeVariantsRequest request, CancellationToken cancellationToken) =>
        agent.StreamAsync(caller, token => PrepareAsync(caller, request, token), cancellationToken);

    /// <summary>Returns the suggestion when it is whole.</summary>
    public async Task<Result<SuggestionView>> RunAsync(Caller caller, MakeVariantsRequest request, CancellationToken cancellationToken)
    {
        var plan = await PrepareAsync(caller, request, cancellationToken);
        return plan.Ok ? await runner.RunAsync(caller, plan.Value, cancellationToken) : plan.Problem;
    }

    private async Task<Result<RunPlan>> PrepareAsync(Caller caller, MakeVariantsRequest request, CancellationToken cancellationToken)
    {
        var targets = await agent.StartAsync(caller, request.For, cancellationToken);
        if (!targets.Ok) { return targets.Problem; }
        if (ContentAgent.CheckText("text", request.Text) is { } problem) { return problem; }
        if (targets.Value.Count == 0) { return Problem.InvalidField("channelIds", "channels_missing", "Choose the channels (or networks) to make variants for."); }
        return new RunPlan(AgentName.Content, RunKind.MakeVariants, [new("text", request.Text), new("for", string.Join(", ", targets.Value.Select(t => t.Name)))],
            (session, token) => WorkAsync(session, request.Text, targets.Value, token));
    }

    private async Task<Result<RunOutcome>> WorkAsync(RunSession session, string text, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var (variants, notes) = (new List<SuggestedVariant>(), new List<string>());
        foreach (var target in targets)
        {
            await session.ReportAsync((double)variants.Count / targets.Count, $"Writing for {target.Name} …", cancellationToken);
            var task = await agent.TaskAsync(session.Caller, TextTaskKind.Adapt, text, [target], cancellationToken);
            var asked = await session.AskAsync(ContentPrompts.ForAdapt(task, target.Network.Name, Targets.Words([target])), cancellationToken);
            if (!asked.Ok) { return asked.Problem; }
            if (ContentAgent.Unusable(asked.Value) is { } problem) { return problem; }
            var reviewed = agent.Review.Of(asked.Value, [target], text, task.Avoid);
            notes.AddRange(reviewed.Notes.Select(n => $"{target.Name}: {n}"));
            notes.AddRange(reviewed.Fits.SelectMany(f => f.Problems).Select(p => $"{target.Name}: {p}"));
            variants.Add(new(reviewed.Text, reviewed.Fits[0]));
        }
        var fitting = variants.Count(v => v.Fit.Fits);
        var suggestion = agent.New(session, SuggestionKind.Variants, agent.Reason($"A text for each of {variants.Count}, made", notes), DraftConfidence.Of(new(variants.Count, fitting, 0, 0, 0, 0)));
        return new RunOutcome(string.Join("\n\n", variants.Select(v => $"{v.Fit.Network}: {v.Text}")),
            [suggestion with { Text = text, Variants = variants, Fits = [.. variants.Select(v => v.Fit)], ChannelIds = ContentAgent.Ids(targets) }]);
    }
}
