using System.Text.Json;
using Platform.Coordination;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>Tells an organization's open pages that a run changed.</summary>
public sealed class LiveRuns(ISignals signals)
{
    /// <summary>Tells it.</summary>
    public ValueTask ChangedAsync(Caller caller, string runId) =>
        signals.PublishAsync(Topics.Live(caller.OrganizationId), JsonSerializer.Serialize(new LiveEvent("agent-run", runId), JsonSerializerOptions.Web));
}
