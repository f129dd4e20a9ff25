using System.Text.Json;
using Platform.Coordination;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;

namespace Platform.Features.Organizations.Actions;

/// <summary>Changes of members and invitations: each is planned on the roster as it is and written only if it still is so, else planned again.</summary>
public sealed class RosterChanges(RosterStore rosters, IPlanLimits limits, ISignals signals)
{
    // Each failed try means that another one succeeded, so this is how many may change a team at the same moment.
    private const int Tries = 40;

    /// <summary>Plans with what is there now and writes; a plan may run several times and must only add to its batch.</summary>
    public async Task<Result<T>> WriteAsync<T>(string organizationId, Func<RosterState, WriteBatch, Task<Result<T>>> plan, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var state = await rosters.ReadAsync(organizationId, cancellationToken);
            var batch = new WriteBatch();
            var planned = await plan(state, batch);
            if (!planned.Ok) { return planned; }
            RosterStore.Guard(batch, organizationId, state);
            if (await rosters.CommitAsync(batch, cancellationToken)) { return planned; }
        }
        return Problem.Conflict("team_busy", "The team is being changed by others at this moment. Try again.");
    }

    /// <summary>The roster, to look at.</summary>
    public Task<RosterState> ReadAsync(string organizationId, CancellationToken cancellationToken) => rosters.ReadAsync(organizationId, cancellationToken);

    /// <summary>The 402 where the plan has no place for one more; null where it has.</summary>
    /// <param name="organizationId">Whose plan.</param>
    /// <param name="taken">Places taken or promised already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Problem?> CheckPlacesAsync(string organizationId, int taken, CancellationToken cancellationToken)
    {
        var plan = await limits.OfAsync(organizationId, cancellationToken);
        return plan.Members is { } most && taken >= most ? PlanProblems.Reached(plan, "members", most, taken) : null;
    }

    /// <summary>Has the sessions of people looked at again, and open team pages too.</summary>
    public async Task AnnounceAsync(string organizationId, IEnumerable<string> userIds, CancellationToken cancellationToken)
    {
        foreach (var user in userIds) { await signals.PublishAsync(Topics.SessionsChanged, user, cancellationToken); }
        await signals.PublishAsync(Topics.Live(organizationId), JsonSerializer.Serialize(new LiveEvent("team", ""), JsonSerializerOptions.Web), cancellationToken);
    }
}
