using Platform.Features.Audit.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Writes an approval with its audit record and the mails to whoever is asked next, together; then tells pages and people.</summary>
public sealed class ReviewDesk(ReviewStore store, IPublicationApproval publications, ReviewMails mails, ReviewNotices notices, IAudit audit, TimeProvider clock)
{
    /// <summary>What approval does to publications.</summary>
    public IPublicationApproval Publications => publications;

    /// <summary>The mails that ask.</summary>
    public ReviewMails Mails => mails;

    /// <summary>The stored approval of a post; null where it was never submitted.</summary>
    public Task<ReviewRecord?> GetAsync(Caller caller, string postId, CancellationToken cancellationToken) => store.GetAsync(caller, postId, cancellationToken);

    /// <summary>Adds an approval to a batch, with the mails that its change asks for.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="caller">Who.</param>
    /// <param name="before">As it was read; null: there was none.</param>
    /// <param name="step">The post, what its approval is now, and how the audit log calls that.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ReviewRecord> StageAsync(WriteBatch batch, Caller caller, ReviewRecord? before, ReviewStep step, CancellationToken cancellationToken)
    {
        var next = (before ?? new() { Id = step.Post.Id, OrganizationId = caller.OrganizationId, Review = step.Next, ChangedAt = default }) with { Review = step.Next, ChangedAt = clock.GetUtcNow() };
        ReviewStore.Stage(batch, caller, next);
        if (step.Action is { } action) { audit.Record(batch, caller, Entry(action, before?.Review, next)); }
        if (BeginsStage(before?.Review, step.Next)) { await mails.StageAsync(batch, next, step.Post, cancellationToken); }
        return next;
    }

    /// <summary>Writes the batch; false where something came between.</summary>
    public Task<bool> TryCommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.TryCommitAsync(batch, cancellationToken);

    /// <summary>After the commit.</summary>
    public async Task AnnounceAsync(Caller caller, ReviewRecord? before, ReviewRecord after, DateTimeOffset? dueAt, CancellationToken cancellationToken)
    {
        await publications.AnnounceAsync(caller, after.Id, dueAt, cancellationToken);
        mails.Wake();
        if (BeginsStage(before?.Review, after.Review)) { await notices.AskAsync(after, cancellationToken); }
        if (before?.Review.State != after.Review.State && after.Review.State is not ReviewState.Pending) { await notices.AnswerAsync(caller, after, cancellationToken); }
    }

    private static bool BeginsStage(Review? before, Review next) =>
        next.State is ReviewState.Pending && (before is not { State: ReviewState.Pending } || before.Round != next.Round || before.Stage != next.Stage);

    private static AuditEntry Entry(string action, Review? before, ReviewRecord after) => new(action, "post", after.Id, Words(after.Review))
    {
        Changes = [new("approval", before is null ? null : Words(before), Words(after.Review))],
    };

    private static string Words(Review review) =>
        $"version {review.Version}, {review.State}" + (review.State is ReviewState.Pending ? $", stage {review.Stage + 1} of {review.Stages.Count} ({review.Current?.Name})" : "");
}

/// <summary>A step of an approval.</summary>
/// <param name="Post">The post.</param>
/// <param name="Next">Its approval after the step.</param>
/// <param name="Action">What the audit log calls it; null: it is recorded with something else.</param>
public sealed record ReviewStep(Post Post, Review Next, string? Action);
