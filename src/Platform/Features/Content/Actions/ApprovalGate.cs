using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <inheritdoc />
public sealed class ApprovalGate(ApprovalPolicyStore policies, PostStore posts, SubmitPost submit) : IApprovalGate
{
    /// <inheritdoc />
    public async Task<bool> MustApproveAsync(Caller caller, string postId, CancellationToken cancellationToken)
    {
        var policy = (await policies.GetAsync(caller, cancellationToken)).Policy;
        if (!policy.Default.IsNeeded && policy.Channels.Count == 0) { return false; }
        var post = Ids.IsValid(postId) ? await posts.GetAsync(caller, postId, cancellationToken) : null;
        return policy.Over(post?.ChannelIds ?? []).IsNeeded;
    }

    /// <inheritdoc />
    public async Task<Result<Done>> SubmitAsync(Caller caller, string postId, WhenToPublish? when, CancellationToken cancellationToken) =>
        (await submit.RunAsync(caller, new(postId, when), cancellationToken)).Map(_ => Done.Value);
}
