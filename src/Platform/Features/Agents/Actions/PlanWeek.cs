using Platform.Ai;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Jobs;
using Platform.Features.Agents.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>A week to plan.</summary>
/// <param name="Brief">What the week is about; a line (or sentence) a topic.</param>
/// <param name="ChannelIds">Where the posts go.</param>
/// <param name="Posts">How many: 1 to 14, 5 where not said.</param>
/// <param name="Tone">The tone.</param>
/// <param name="From">The week's first moment; now where it is not said.</param>
/// <param name="TimeZone">The IANA zone; the organization's where not said.</param>
public sealed record PlanWeekRequest(string Brief, IReadOnlyList<string> ChannelIds, int? Posts = null, string? Tone = null, DateTimeOffset? From = null, string? TimeZone = null);

/// <summary>Queues the plan of a week: a durable job makes drafts with times, as suggestions.</summary>
public sealed class PlanWeek(AgentRunner runner, RunStore runs, ContentAgent content, IJobQueue jobs, IOrganizations organizations, TimeProvider time)
{
    /// <summary>The queued run; follow it by its id.</summary>
    public async Task<Result<RunView>> RunAsync(Caller caller, PlanWeekRequest request, CancellationToken cancellationToken)
    {
        var targets = await content.StartAsync(caller, new(request.ChannelIds, null), cancellationToken);
        if (!targets.Ok) { return targets.Problem; }
        if (ContentAgent.CheckText("brief", request.Brief) is { } problem) { return problem; }
        if (targets.Value.Count == 0) { return Problem.InvalidField("channelIds", "channels_missing", "Choose the channels to plan for."); }
        if (request.Posts is < 1 or > 14) { return Problem.InvalidField("posts", "posts_invalid", "Plan 1 to 14 posts."); }
        var tone = ContentAgent.CheckTone(request.Tone);
        if (!tone.Ok) { return tone.Problem; }
        var zone = request.TimeZone ?? (await organizations.GetAsync(caller.OrganizationId, cancellationToken))?.TimeZone ?? "Etc/UTC";
        var from = request.From ?? time.GetUtcNow();
        if (ScheduleClock.Resolve(from, zone) is { Ok: false } unknown) { return unknown.Problem; }
        return await QueueAsync(caller, request, targets.Value, new(tone.Value, from, zone), cancellationToken);
    }

    private async Task<Result<RunView>> QueueAsync(Caller caller, PlanWeekRequest request, IReadOnlyList<Target> targets, Chosen chosen, CancellationToken cancellationToken)
    {
        var run = runner.New(caller, new(AgentName.Content, RunKind.PlanWeek,
            [new("brief", request.Brief), new("for", string.Join(", ", targets.Select(t => t.Name))), new("posts", $"{request.Posts ?? 5}"), new("tone", chosen.Tone)], (_, _) => throw new NotSupportedException("runs as a job")), RunState.Queued);
        var batch = new WriteBatch();
        var payload = new PlanWeekPayload(run.Id, PlainText.From(request.Brief, ContentAgent.LongestText), [.. targets.Select(t => t.ChannelId!)], request.Posts ?? 5, chosen.Tone, chosen.From, chosen.Zone);
        var jobId = jobs.Enqueue<PlanWeekJob, PlanWeekPayload>(batch, caller, payload);
        batch.Insert(caller, run with { JobId = jobId });
        if (!await runs.CommitAsync(batch, cancellationToken)) { return Problem.Conflict("not_queued", "The plan could not be queued. Try again."); }
        jobs.Wake();
        return run.ToView();
    }

    private sealed record Chosen(string Tone, DateTimeOffset From, string Zone);
}
