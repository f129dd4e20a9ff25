using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Domain;

/// <summary>What a policy must keep to, so that every post under it can be approved by somebody.</summary>
public static class ApprovalPolicyRules
{
    /// <summary>Most stages, whatever the plan.</summary>
    public const int MaxStages = 3;

    /// <summary>Most approvals of one stage.</summary>
    public const int MaxApprovals = 5;

    /// <summary>Most members named by one stage.</summary>
    public const int MaxMembers = 50;

    /// <summary>The roles that a stage may name: those who may review.</summary>
    public static readonly IReadOnlyList<Role> Approvers = [.. Roles.With(Permission.ContentReview).Order()];

    /// <summary>What stands against the rules; null where nothing does.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="members">The organization's members and their roles.</param>
    public static Problem? Check(ApprovalRules rules, IReadOnlyDictionary<string, Role> members)
    {
        if (rules.Stages.Count > MaxStages) { return Wrong("too_many_stages", $"There are at most {MaxStages} stages."); }
        return rules.Stages.Select(stage => CheckStage(stage, members)).FirstOrDefault(problem => problem is not null);
    }

    private static Problem? CheckStage(ApprovalStage stage, IReadOnlyDictionary<string, Role> members)
    {
        if (string.IsNullOrWhiteSpace(stage.Name) || stage.Name.Length > 60) { return Wrong("stage_name", "Every stage needs a name of at most 60 characters."); }
        if (stage.Approvals is < 1 or > MaxApprovals) { return Wrong("stage_approvals", $"A stage needs between 1 and {MaxApprovals} approvals."); }
        if (stage.Members.Count > MaxMembers) { return Wrong("stage_members", $"A stage names at most {MaxMembers} members."); }
        if (stage.Roles.FirstOrDefault(role => !Approvers.Contains(role), Role.Owner) is var role && !Approvers.Contains(role)) { return Wrong("stage_role", $"{role}s cannot approve. Choose from {string.Join(", ", Approvers)}."); }
        if (stage.Members.Any(id => !members.ContainsKey(id))) { return Wrong("stage_member_unknown", $"The stage {stage.Name} names somebody who is not a member."); }
        if (stage.Members.Any(id => !Approvers.Contains(members[id]))) { return Wrong("stage_member_role", $"The stage {stage.Name} names somebody whose role cannot approve. Give them another role first."); }
        if (stage.Roles.Count + stage.Members.Count == 0) { return Wrong("stage_empty", $"Say who may approve in the stage {stage.Name}."); }
        return members.Count(m => stage.Asks(m.Key, m.Value)) < stage.Approvals
            ? Wrong("stage_unreachable", $"The stage {stage.Name} needs {stage.Approvals} approvals, and fewer members may give one.")
            : null;
    }

    private static Problem Wrong(string code, string message) => Problem.InvalidField("stages", code, message);
}
