using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Makes the approval that a post needs, by the rules of now.</summary>
public sealed class ReviewBuilder(ApprovalPolicyStore policies, TimeProvider clock)
{
    /// <summary>Who is asked where nobody need approve, yet the author may not publish: any one who may.</summary>
    public static readonly ApprovalRules Handover = new()
    {
        Stages = [new() { Name = "Publisher", Roles = [.. Roles.With(Permission.ContentPublish)] }], EditsReset = true,
    };

    /// <summary>The rules for a post on these channels.</summary>
    public async Task<ApprovalRules> RulesAsync(Caller caller, IReadOnlyList<string> channelIds, CancellationToken cancellationToken) =>
        (await policies.GetAsync(caller, cancellationToken)).Policy.Over(channelIds);

    /// <summary>A fresh approval of the post as it is.</summary>
    public Review Make(Caller caller, Post post, ApprovalRules rules) => new()
    {
        State = ReviewState.Pending, Round = 1, Version = post.Edition, Stages = rules.Stages, Authors = [.. new[] { post.CreatedBy, post.UpdatedBy }.Distinct()],
        NoSelfApproval = rules.NoSelfApproval, EditsReset = rules.EditsReset, Expires = rules.ExpiresLate, ChannelIds = post.ChannelIds,
        SubmittedBy = caller.UserId ?? caller.Name, SubmittedByName = caller.Name, SubmittedAt = clock.GetUtcNow(),
    };
}
