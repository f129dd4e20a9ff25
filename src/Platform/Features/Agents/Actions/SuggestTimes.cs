using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Domain;
using Platform.Features.Agents.Store;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>What times are wanted.</summary>
/// <param name="ChannelIds">The channels that post together; of the post where one is named.</param>
/// <param name="PostId">The post to schedule; accepting the suggestion does it.</param>
/// <param name="From">Not before; now where it is not said.</param>
/// <param name="Days">How many days to look at: 1 to 31, 7 where not said.</param>
/// <param name="Count">How many times: 1 to 10, 3 where not said.</param>
/// <param name="TimeZone">The IANA zone; the organization's where not said.</param>
public sealed record SuggestTimesRequest(IReadOnlyList<string>? ChannelIds, string? PostId = null, DateTimeOffset? From = null, int? Days = null, int? Count = null, string? TimeZone = null);

/// <summary>Proposes times, each with its reason and its sample size.</summary>
public sealed class SuggestTimes(SchedulerAgent scheduler, AgentRunner runner, IChannels channels, IPosts posts, IOrganizations organizations, TimeProvider time)
{
    /// <summary>The suggestion holds the times, soonest first.</summary>
    public async Task<Result<SuggestionView>> RunAsync(Caller caller, SuggestTimesRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.AgentsUse)) { return Problem.Forbidden("Your role may not ask agents to work. Ask an owner or admin."); }
        if (request.Days is < 1 or > 31) { return Problem.InvalidField("days", "days_invalid", "Look at 1 to 31 days."); }
        if (request.Count is < 1 or > 10) { return Problem.InvalidField("count", "count_invalid", "Ask for 1 to 10 times."); }
        var together = await ChannelsAsync(caller, request, cancellationToken);
        if (!together.Ok) { return together.Problem; }
        var zone = request.TimeZone ?? (await organizations.GetAsync(caller.OrganizationId, cancellationToken))?.TimeZone ?? "Etc/UTC";
        var from = request.From ?? time.GetUtcNow();
        if (ScheduleClock.Resolve(from, zone) is { Ok: false } unknown) { return unknown.Problem; }
        var range = new TimeRange(from, from.AddDays(request.Days ?? 7), zone);
        var names = string.Join(", ", together.Value.Select(c => $"{c.DisplayName} ({c.Network})"));
        return await runner.RunAsync(caller, new(AgentName.Scheduler, RunKind.SuggestTimes,
            [new("channels", names), new("from", ScheduleClock.Resolve(from, zone).Unwrap().Due.LocalTime), new("days", $"{request.Days ?? 7}"), new("zone", zone)],
            (session, token) => WorkAsync(session, together.Value, range, request, token)), cancellationToken);
    }

    private async Task<Result<IReadOnlyList<ChannelView>>> ChannelsAsync(Caller caller, SuggestTimesRequest request, CancellationToken cancellationToken)
    {
        var ids = request.ChannelIds ?? [];
        if (request.PostId is { } postId)
        {
            var post = await posts.GetAsync(caller, postId, cancellationToken);
            if (!post.Ok) { return post.Problem; }
            ids = ids.Count > 0 ? ids : post.Value.ChannelIds;
        }
        if (ids.Count == 0) { return Problem.InvalidField("channelIds", "channels_missing", "Choose the channels to find a time for."); }
        var found = await channels.FindAsync(caller, ids, cancellationToken);
        return found.Count == ids.Distinct().Count() ? found.ToList() : Problem.NotFound("channel");
    }

    private async Task<Result<RunOutcome>> WorkAsync(RunSession session, IReadOnlyList<ChannelView> together, TimeRange range, SuggestTimesRequest request, CancellationToken cancellationToken)
    {
        foreach (var channel in together) { session.DrawOn(new("channel", channel.Id, $"Engagement of {channel.DisplayName} ({channel.Network}) in the last 90 days", channel.ProfileUrl)); }
        var times = await scheduler.TogetherAsync(session.Caller, together, range, new(request.Count ?? 3, SlotPicker.AsChoices(range.To - range.From, request.Count ?? 3)), cancellationToken);
        if (times.Count == 0) { return Problem.Conflict("no_free_time", "Every hour of these days is taken or past. Look at more days."); }
        var least = times.MinBy(t => t.Confidence.Value)!;
        var suggestion = new Suggestion
        {
            OrganizationId = session.Caller.OrganizationId,
            RunId = session.RunId,
            Agent = AgentName.Scheduler,
            Kind = SuggestionKind.Times,
            ChannelIds = [.. together.Select(c => c.Id)],
            Times = times,
            PostId = request.PostId,
            Reason = "Computed from the channels' own engagement by weekday and hour; hours within 60 minutes of planned posts are left out.",
            Confidence = least.Confidence,
            Sources = session.Sources,
            CreatedAt = time.GetUtcNow(),
        };
        return new RunOutcome(string.Join('\n', times.Select(t => $"{t.LocalTime.Replace('T', ' ')} {t.TimeZone}: {t.Reason}")), [suggestion]);
    }
}
