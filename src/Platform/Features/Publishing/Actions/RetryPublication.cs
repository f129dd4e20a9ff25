using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>A publication of a post.</summary>
public sealed record RetryPublicationRequest(string PostId, string PublicationId);

/// <summary>Sends again, now, what failed, was missed, is held or was cancelled; of what must be approved only what was.</summary>
public sealed class RetryPublication(OnePublication publications, IApprovalGate gate, TimeProvider clock)
{
    /// <summary>Conflict <c>needs_confirmation</c>, <c>already_sending</c>, <c>already_published</c>, <c>not_failed</c>, <c>approval_required</c>; Forbidden <c>channel_not_allowed</c>.</summary>
    public async Task<Result<PublicationView>> RunAsync(Caller caller, RetryPublicationRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentPublish)) { return Problem.Forbidden(); }
        var (now, needed) = (clock.GetUtcNow(), await gate.MustApproveAsync(caller, request.PostId, cancellationToken));
        return await publications.ChangeAsync(caller, request.PublicationId, "publication.retried", publication =>
        {
            if (publication.PostId != request.PostId) { return Problem.NotFound("publication"); }
            // What state stands against it is told before what approval does.
            if (publication.Clear().Retry(DueTimes.Now(publication.Due, now), caller.Name, now).Problem is { } problem) { return problem; }
            var cleared = Clearance.Of(publication, needed);
            return cleared.Ok ? cleared.Value.Retry(DueTimes.Now(publication.Due, now), caller.Name, now) : cleared;
        }, cancellationToken);
    }
}
