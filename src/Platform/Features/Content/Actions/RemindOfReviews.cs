using Platform.Features.Content.Store;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Mails whoever has not answered what is due within hours, once a stage. What was submitted later than that has just been mailed.</summary>
public sealed class RemindOfReviews(ReviewStore store, PostStore posts, ReviewMails mails, TimeProvider clock, ILogger<RemindOfReviews> logger)
{
    private static readonly TimeSpan Before = TimeSpan.FromHours(3);
    private const int Batch = 200;

    /// <summary>One bounded batch; how many were reminded of.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (now, done) = (clock.GetUtcNow(), 0);
        foreach (var record in await store.DueAsync(now, now + Before, Batch, cancellationToken))
        {
            if (record.Reminded == Key(record) || record.Review.Due!.At - record.ChangedAt <= Before) { continue; }
            try { done += await RemindAsync(record, cancellationToken) ? 1 : 0; }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested) { logger.LogWarning(e, "Approvers of post {Id} could not be reminded; it is tried again", record.Id); }
        }
        if (done > 0) { mails.Wake(); }
        return done;
    }

    private async Task<bool> RemindAsync(ReviewRecord record, CancellationToken cancellationToken)
    {
        var caller = Caller.System(record.OrganizationId, "approval");
        if (await posts.GetAsync(caller, record.Id, cancellationToken) is not { DeletedAt: null } post) { return false; }
        var batch = new WriteBatch();
        ReviewStore.Stage(batch, caller, record with { Reminded = Key(record) });
        await mails.StageRemindersAsync(batch, record, post, cancellationToken);
        return await store.TryCommitAsync(batch, cancellationToken);
    }

    private static string Key(ReviewRecord record) => $"{record.Review.Round}:{record.Review.Stage}";
}
