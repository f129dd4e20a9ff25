using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Actions;

/// <inheritdoc />
public sealed class PublicationApproval(PublicationStore store, ScheduleCheck check, Announcer announcer, TimeProvider clock) : IPublicationApproval
{
    /// <inheritdoc />
    public async Task<Result<DueTime?>> StageWaitAsync(Caller caller, ApprovalWait wait, WriteBatch batch, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = DueTimes.Of(wait.When, now);
        if (!due.Ok) { return due.Problem; }
        var records = await store.OfPostsAsync(caller, [wait.PostId], cancellationToken);
        if (records.Count == 0) { return Problem.InvalidField("channelIds", "no_channels", "The post is for no channel yet. Choose at least one."); }
        var targets = ScheduleCheck.Targets(records);
        if (targets.Count == 0) { return records[0].Publication.Await(due.Value, wait.Expires, caller.Name, now).Problem ?? throw new InvalidOperationException("a publication that cannot wait did"); }
        var checkedFor = await check.RunAsync(caller, targets, due.Value.At, cancellationToken);
        if (!checkedFor.Ok) { return checkedFor.Problem; }
        var wished = wait.When is null ? null : due.Value;
        foreach (var target in targets) { PublicationStore.StageChange(batch, caller, target, target.Publication.Await(wished, wait.Expires, caller.Name, now).Unwrap()); }
        return wished;
    }

    /// <inheritdoc />
    public async Task<Result<DateTimeOffset>> StageClearAsync(Caller caller, string postId, WriteBatch batch, CancellationToken cancellationToken)
    {
        var (now, waiting) = (clock.GetUtcNow(), await WaitingAsync(caller, postId, cancellationToken));
        if (waiting.Count == 0) { return Problem.Conflict("not_waiting", "Nothing of it waits for approval any more."); }
        var cleared = waiting.Select(r => (Record: r, Next: r.Publication.Approve(DueTimes.Now(r.Publication.Due, now), caller.Name, now))).ToList();
        if (cleared.Select(c => c.Next.Problem).FirstOrDefault(p => p is not null) is { } problem) { return problem; }
        foreach (var (record, next) in cleared) { PublicationStore.StageChange(batch, caller, record, next.Value!); }
        return cleared.Min(c => c.Next.Value!.Due!.At);
    }

    /// <inheritdoc />
    public async Task StageBackAsync(Caller caller, string postId, string reason, WriteBatch batch, CancellationToken cancellationToken)
    {
        foreach (var record in await WaitingAsync(caller, postId, cancellationToken))
        {
            PublicationStore.StageChange(batch, caller, record, record.Publication.TakeBack(reason, caller.Name, clock.GetUtcNow()));
        }
    }

    /// <inheritdoc />
    public async Task AnnounceAsync(Caller caller, string postId, DateTimeOffset? dueAt, CancellationToken cancellationToken)
    {
        await announcer.WakeAsync(dueAt, cancellationToken);
        await announcer.PostChangedAsync(caller.OrganizationId, postId, cancellationToken);
    }

    private async Task<List<PublicationRecord>> WaitingAsync(Caller caller, string postId, CancellationToken cancellationToken) =>
        [.. (await store.OfPostsAsync(caller, [postId], cancellationToken)).Where(r => r.Publication.State is AwaitingApproval)];
}
