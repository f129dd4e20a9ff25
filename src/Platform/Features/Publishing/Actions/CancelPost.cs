using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Actions;

/// <summary>A post, or one publication of it.</summary>
public sealed record CancelPostRequest(string PostId, string? PublicationId = null);

/// <summary>Takes back what is not sent yet. Once this succeeds nothing of it is sent; where something is leaving at this moment, it fails and changes nothing.</summary>
public sealed class CancelPost(PostPublications publications, TimeProvider clock)
{
    /// <summary>Conflict <c>already_sending</c>, <c>already_published</c>, <c>nothing_scheduled</c>.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, CancelPostRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentPublish)) { return Problem.Forbidden(); }
        var now = clock.GetUtcNow();
        return await publications.ChangeAsync(caller, request.PostId, "post.cancelled", records =>
        {
            var named = records.Where(r => request.PublicationId is null || r.Id == request.PublicationId).ToList();
            if (named.Count == 0) { return Task.FromResult<Result<IReadOnlyList<Change>>>(Problem.NotFound("publication")); }
            var targets = named.Where(r => r.Publication.State is not (Published or Draft or Cancelled)).ToList();
            if (targets.Count == 0) { return Task.FromResult<Result<IReadOnlyList<Change>>>(Nothing([.. named.Select(r => r.Publication.State)])); }
            var nexts = targets.Select(t => (Record: t, Next: t.Publication.Cancel(caller.Name, now))).ToList();
            var refused = nexts.FirstOrDefault(n => !n.Next.Ok);
            return Task.FromResult<Result<IReadOnlyList<Change>>>(refused.Next?.Problem is { } problem ? problem : nexts.Select(n => new Change(n.Record, n.Next.Unwrap())).ToArray());
        }, cancellationToken);
    }

    private static Problem Nothing(IReadOnlyList<PublicationState> states) => states.Contains(Published)
        ? Problem.Conflict("already_published", "It is published already and can no longer be cancelled. Delete it on the network.")
        : Problem.Conflict("nothing_scheduled", "Nothing of it is scheduled.");
}
