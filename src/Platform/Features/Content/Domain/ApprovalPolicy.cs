using Platform.Tenancy;

namespace Platform.Features.Content.Domain;

/// <summary>One step of an approval: who may approve, and how many of them must.</summary>
public sealed record ApprovalStage
{
    /// <summary>Its name, such as <c>Brand</c> or <c>Legal</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Members with one of these roles may approve.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>So may these members.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>How many different people must.</summary>
    public int Approvals { get; init; } = 1;

    /// <summary>Whether this person is one of those who may.</summary>
    public bool Asks(string userId, Role role) => Roles.Contains(role) || Members.Contains(userId);

    /// <summary>Whether two stages ask the same of the same people.</summary>
    public bool IsSameAs(ApprovalStage other) => Name == other.Name && Approvals == other.Approvals && Roles.ToHashSet().SetEquals(other.Roles) && Members.ToHashSet().SetEquals(other.Members);
}

/// <summary>What must happen before a post goes out.</summary>
public sealed record ApprovalRules
{
    /// <summary>The stages, in order; none: nobody need approve.</summary>
    public IReadOnlyList<ApprovalStage> Stages { get; init; } = [];

    /// <summary>Who wrote a post or edited it last does not count as its approver.</summary>
    public bool NoSelfApproval { get; init; } = true;

    /// <summary>An edit takes an approval back. Where this is off, an edit by somebody who may publish keeps it; one by anybody else still takes it back.</summary>
    public bool EditsReset { get; init; } = true;

    /// <summary>What is not approved by its time does not go out. Where this is off, it goes out when it is approved.</summary>
    public bool ExpiresLate { get; init; } = true;

    /// <summary>Whether anybody must approve.</summary>
    public bool IsNeeded => Stages.Count > 0;
}

/// <summary>An organization's rules, and those of channels that have their own.</summary>
public sealed record ApprovalPolicy
{
    /// <summary>For channels without rules of their own.</summary>
    public ApprovalRules Default { get; init; } = new();

    /// <summary>By channel id.</summary>
    public IReadOnlyDictionary<string, ApprovalRules> Channels { get; init; } = new Dictionary<string, ApprovalRules>();

    /// <summary>The rules of a channel.</summary>
    public ApprovalRules Of(string channelId) => Channels.GetValueOrDefault(channelId, Default);

    /// <summary>
    /// The rules of a post that goes to several channels. It is approved as a whole, by everybody whom one of its channels asks: the stages of all of them, first ones
    /// first, equal ones once; and the strictest of each flag. So no channel's approvers are passed by for another's.
    /// </summary>
    public ApprovalRules Over(IEnumerable<string> channelIds)
    {
        var rules = channelIds.Select(Of).Distinct().DefaultIfEmpty(Default).ToList();
        var needed = rules.Where(r => r.IsNeeded).ToList();
        var stages = new List<ApprovalStage>();
        for (var at = 0; at < needed.Select(r => r.Stages.Count).DefaultIfEmpty(0).Max(); at++)
        {
            var step = needed.Where(r => r.Stages.Count > at).Select(r => r.Stages[at]);
            stages.AddRange(step.Where(stage => !stages.Any(stage.IsSameAs)).DistinctBy(stage => (stage.Name, string.Join(',', stage.Roles), string.Join(',', stage.Members), stage.Approvals)));
        }
        var strict = needed.Count > 0 ? needed : rules;
        return new() { Stages = stages, NoSelfApproval = strict.Any(r => r.NoSelfApproval), EditsReset = strict.Any(r => r.EditsReset), ExpiresLate = strict.Any(r => r.ExpiresLate) };
    }
}
