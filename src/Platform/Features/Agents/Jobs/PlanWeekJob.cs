using Platform.Features.Agents.Actions;
using Platform.Features.Notifications.Contracts;
using Platform.Jobs;

namespace Platform.Features.Agents.Jobs;

/// <summary>What a week's plan needs to know.</summary>
public sealed record PlanWeekPayload(string RunId, string Brief, IReadOnlyList<string> ChannelIds, int Posts, string Tone, DateTimeOffset From, string TimeZone);

/// <summary>Plans a week. What goes wrong with the model is recorded in the run and not tried again: a person decides.</summary>
[Job("agents-plan-week", Queue = "agents", MaxAttempts = 3, TimeoutSeconds = 1_800)]
public sealed class PlanWeekJob(WriteWeek action, INotices notices) : IJob<PlanWeekPayload>
{
    /// <inheritdoc />
    public async Task RunAsync(PlanWeekPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        if (await action.RunAsync(context.Caller, payload, cancellationToken) is not { } result || result.Problem?.Code == "run_cancelled") { return; }
        var (title, message) = result.Ok ? ("The week's plan is ready", "Drafts with times wait for your decision.") : ("The week's plan failed", result.Problem.Message);
        await notices.RaiseAsync(context.Caller, new("agent_finished", title, message, $"/agents/runs/{payload.RunId}", $"agent-run:{payload.RunId}"), cancellationToken);
    }
}
