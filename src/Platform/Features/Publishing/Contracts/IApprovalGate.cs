using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Contracts;

/// <summary>
/// The feature that knows what must be approved: asked whenever something is about to get a time, or is sent again. What it says decides whether a publication
/// is cleared; only cleared ones are claimed, whoever asked for them.
/// </summary>
public interface IApprovalGate
{
    /// <summary>Whether somebody must approve the post before it may go out, by the rules of now.</summary>
    Task<bool> MustApproveAsync(Caller caller, string postId, CancellationToken cancellationToken);

    /// <summary>Hands the post in for approval, to go out at a time; null: as soon as it is approved.</summary>
    Task<Result<Done>> SubmitAsync(Caller caller, string postId, WhenToPublish? when, CancellationToken cancellationToken);
}

/// <summary>What a post waits for.</summary>
/// <param name="PostId">The post.</param>
/// <param name="When">When it is to go out; null: as soon as it is approved.</param>
/// <param name="Expires">Whether the wait ends, unapproved, at that time.</param>
public sealed record ApprovalWait(string PostId, WhenToPublish? When, bool Expires);

/// <summary>What the approval of a post does to its publications: each adds to a batch, on the condition that nothing happened to them since they were read.</summary>
public interface IPublicationApproval
{
    /// <summary>
    /// All unsent publications wait for approval: checked against the networks' limits and the plan like a schedule. Returns when they are to go out; null: as soon as approved.
    /// Invalid <c>in_the_past</c>, <c>draft_invalid</c>, <c>no_channels</c>; Conflict <c>already_sending</c>, <c>already_published</c>; LimitReached.
    /// </summary>
    Task<Result<DueTime?>> StageWaitAsync(Caller caller, ApprovalWait wait, WriteBatch batch, CancellationToken cancellationToken);

    /// <summary>What waits is cleared, as it is stored now, and scheduled. Conflict <c>not_waiting</c>, <c>approval_late</c>. Returns when the first is due.</summary>
    Task<Result<DateTimeOffset>> StageClearAsync(Caller caller, string postId, WriteBatch batch, CancellationToken cancellationToken);

    /// <summary>What waits is a draft again.</summary>
    Task StageBackAsync(Caller caller, string postId, string reason, WriteBatch batch, CancellationToken cancellationToken);

    /// <summary>After the commit: tells the dispatcher and open pages.</summary>
    Task AnnounceAsync(Caller caller, string postId, DateTimeOffset? dueAt, CancellationToken cancellationToken);
}
