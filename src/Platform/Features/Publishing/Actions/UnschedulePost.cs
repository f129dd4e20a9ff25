using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Actions;

/// <summary>A post.</summary>
public sealed record UnschedulePostRequest(string PostId);

/// <summary>Makes the unsent publications of a post drafts again.</summary>
public sealed class UnschedulePost(PostPublications publications, TimeProvider clock)
{
    /// <summary>Conflict <c>already_sending</c>, <c>already_published</c>.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, UnschedulePostRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentPublish)) { return Problem.Forbidden(); }
        var now = clock.GetUtcNow();
        return await publications.ChangeAsync(caller, request.PostId, "post.unscheduled", records =>
        {
            var targets = records.Where(r => r.Publication.State is not Published).ToList();
            var nexts = targets.Select(t => (Record: t, Next: t.Publication.Unschedule(caller.Name, now))).ToList();
            var problem = nexts.Select(n => n.Next.Problem).FirstOrDefault(p => p is not null)
                ?? (targets.Count == 0 ? Problem.Conflict("already_published", "It is published already.") : null);
            return Task.FromResult<Result<IReadOnlyList<Change>>>(problem is not null ? problem : nexts.Select(n => new Change(n.Record, n.Next.Unwrap())).ToArray());
        }, cancellationToken);
    }
}
