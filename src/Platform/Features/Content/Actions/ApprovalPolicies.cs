using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>The rules of approval, and how many stages the plan allows.</summary>
public sealed record ApprovalPolicyView(ApprovalPolicy Policy, int MaxStages, string Plan, long Version);

/// <summary>Rules to write.</summary>
/// <param name="ChannelId">Whose; null: the organization's.</param>
/// <param name="Rules">The rules; null: none of its own, for a channel.</param>
/// <param name="ExpectedVersion">The version that was seen; null: whatever it is.</param>
public sealed record SaveApprovalRulesRequest(string? ChannelId, ApprovalRules? Rules, long? ExpectedVersion = null);

/// <summary>Reads and writes the rules of approval. They hold for what is submitted, scheduled or edited from then on: what has its time already keeps it.</summary>
public sealed class ApprovalPolicies(ApprovalPolicyStore store, IPlanLimits plans, IChannels channels, IOrganizations organizations, IAudit audit)
{
    /// <summary>Reads them.</summary>
    public async Task<Result<ApprovalPolicyView>> GetAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.OrganizationManage)) { return Problem.Forbidden(); }
        return await ViewAsync(caller, await store.GetAsync(caller, cancellationToken), cancellationToken);
    }

    /// <summary>Writes them. Invalid with the stage that is wrong; LimitReached where the plan has fewer stages; Conflict <c>version_mismatch</c>.</summary>
    public async Task<Result<ApprovalPolicyView>> RunAsync(Caller caller, SaveApprovalRulesRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.OrganizationManage)) { return Problem.Forbidden(); }
        if (await AgainstAsync(caller, request, cancellationToken) is { } problem) { return problem; }
        var before = await store.GetAsync(caller, cancellationToken);
        if (request.ExpectedVersion is { } version && version != before.Version) { return Problem.VersionMismatch(); }
        var after = before with { Policy = Apply(before.Policy, request) };
        var batch = new WriteBatch();
        ApprovalPolicyStore.Stage(batch, caller, after);
        audit.Record(batch, caller, Entry(caller, before.Policy, after.Policy, request));
        return await store.TryCommitAsync(batch, cancellationToken) ? await ViewAsync(caller, after with { Version = before.Version + 1 }, cancellationToken) : Problem.VersionMismatch();
    }

    private async Task<ApprovalPolicyView> ViewAsync(Caller caller, ApprovalPolicyRecord record, CancellationToken cancellationToken)
    {
        var limits = await plans.OfAsync(caller.OrganizationId, cancellationToken);
        return new(record.Policy, Math.Min(limits.ApprovalStages, ApprovalPolicyRules.MaxStages), limits.Plan, record.Version);
    }

    private async Task<Problem?> AgainstAsync(Caller caller, SaveApprovalRulesRequest request, CancellationToken cancellationToken)
    {
        if (request.ChannelId is { } id && (await channels.FindAsync(caller, [id], cancellationToken)).Count == 0) { return Problem.NotFound("channel"); }
        if (request.Rules is not { } rules) { return request.ChannelId is null ? Problem.InvalidField("stages", "rules_missing", "Say which stages there are; none is an empty list.") : null; }
        var members = (await organizations.MembersAsync(caller.OrganizationId, cancellationToken)).Where(m => !m.Suspended).ToDictionary(m => m.UserId, m => m.Role);
        if (ApprovalPolicyRules.Check(rules, members) is { } wrong) { return wrong; }
        var limits = await plans.OfAsync(caller.OrganizationId, cancellationToken);
        return rules.Stages.Count > limits.ApprovalStages ? PlanProblems.Reached(limits, "approval stages", limits.ApprovalStages, rules.Stages.Count) : null;
    }

    private static ApprovalPolicy Apply(ApprovalPolicy policy, SaveApprovalRulesRequest request)
    {
        if (request.ChannelId is not { } id) { return policy with { Default = request.Rules! }; }
        var own = policy.Channels.Where(pair => pair.Key != id).ToDictionary();
        if (request.Rules is { } rules) { own[id] = rules; }
        return policy with { Channels = own };
    }

    private static AuditEntry Entry(Caller caller, ApprovalPolicy before, ApprovalPolicy after, SaveApprovalRulesRequest request)
    {
        var (old, now) = request.ChannelId is { } id ? (before.Channels.GetValueOrDefault(id), after.Channels.GetValueOrDefault(id)) : (before.Default, after.Default);
        return new("approval_policy.changed", request.ChannelId is null ? "organization" : "channel", request.ChannelId ?? caller.OrganizationId)
        {
            Changes =
            [
                new("stages", Words(old), Words(now)), new("noSelfApproval", $"{old?.NoSelfApproval}", $"{now?.NoSelfApproval}"),
                new("editsReset", $"{old?.EditsReset}", $"{now?.EditsReset}"), new("expiresLate", $"{old?.ExpiresLate}", $"{now?.ExpiresLate}"),
            ],
        };
    }

    private static string? Words(ApprovalRules? rules) => rules is null ? null
        : string.Join("; ", rules.Stages.Select(s => $"{s.Name}: {s.Approvals} of {string.Join(", ", s.Roles.Select(r => r.ToString()).Concat(s.Members))}"));
}
