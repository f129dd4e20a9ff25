using System.Globalization;
using Platform.Ai;
using Platform.Features.Agents.Agents;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Domain;
using Platform.Features.Agents.Jobs;
using Platform.Features.Agents.Store;
using Platform.Features.Channels.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>The work of a week's plan: Scheduler finds the times, Content writes a draft for each. Safe to run twice: suggestions are stored only at the end.</summary>
public sealed class WriteWeek(AgentRunner runner, ContentAgent content, SchedulerAgent scheduler, IChannels channels, IModels models)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly string[] Angles = ["the news itself", "a question to the reader", "a useful tip", "a look behind the scenes", "what the reader gains", "a short story", "a look back"];

    /// <summary>The outcome; null where the run was cancelled before it began.</summary>
    public Task<Result<Done>?> RunAsync(Caller caller, PlanWeekPayload payload, CancellationToken cancellationToken) =>
        runner.ContinueAsync(caller, payload.RunId, (session, token) => WorkAsync(session, payload, token), cancellationToken);

    private async Task<Result<RunOutcome>> WorkAsync(RunSession session, PlanWeekPayload payload, CancellationToken cancellationToken)
    {
        var found = await content.StartAsync(session.Caller, new(payload.ChannelIds, null), cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var briefs = Briefs(payload);
        await session.ReportAsync(0.05, "Finding times …", cancellationToken);
        var together = await channels.FindAsync(session.Caller, payload.ChannelIds, cancellationToken);
        var times = await scheduler.TogetherAsync(session.Caller, together, new(payload.From, payload.From + Week, payload.TimeZone), new(briefs.Count, SlotPicker.Spread(Week, briefs.Count)), cancellationToken);
        if (times.Count == 0) { return Problem.Conflict("no_free_time", "Every hour of this week is taken or past. Plan another week."); }
        var made = new List<Suggestion>();
        foreach (var (brief, at) in briefs.Zip(times))
        {
            await session.ReportAsync(0.1 + (0.9 * made.Count / times.Count), string.Create(CultureInfo.InvariantCulture, $"Writing post {made.Count + 1} of {times.Count} …"), cancellationToken);
            var draft = await DraftAsync(session, payload, brief, found.Value, cancellationToken);
            if (!draft.Ok) { return draft.Problem; }
            made.Add(draft.Value with { Kind = SuggestionKind.Post, Times = [at] });
        }
        return new RunOutcome(string.Join("\n\n", made.Select(s => $"{s.Times[0].LocalTime.Replace('T', ' ')}\n{s.Text}")), made);
    }

    private async Task<Result<Suggestion>> DraftAsync(RunSession session, PlanWeekPayload payload, string brief, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var task = await content.TaskAsync(session.Caller, TextTaskKind.Draft, brief, targets, cancellationToken) with { Tone = payload.Tone };
        var written = await content.WriteAsync(session, ContentPrompts.ForDraft(task, Targets.Words(targets)), targets, "Drafted for the week's plan", cancellationToken);
        return written.Map(outcome => outcome.Suggestions[0]);
    }

    // A model can take several angles on one topic; the offline engine cannot, so it makes one post a topic.
    private IReadOnlyList<string> Briefs(PlanWeekPayload payload)
    {
        var lines = payload.Brief.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        IReadOnlyList<string> topics = lines.Length > 1 ? lines : [.. TextWords.Sentences(payload.Brief).Select(s => s.Text)];
        return models.Active.Offline
            ? [.. topics.Take(payload.Posts)]
            : [.. Enumerable.Range(0, payload.Posts).Select(i => i < topics.Count ? topics[i] : $"{topics[i % topics.Count]}\nAngle: {Angles[i % Angles.Length]}")];
    }
}
