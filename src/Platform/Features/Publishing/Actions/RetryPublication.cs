using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>A publication of a post.</summary>
public sealed record RetryPublicationRequest(string PostId, string PublicationId);

/// <summary>Sends again, now, what failed, was missed, is held or was cancelled.</summary>
public sealed class RetryPublication(OnePublication publications, TimeProvider clock)
{
    /// <summary>Conflict <c>needs_confirmation</c>, <c>already_sending</c>, <c>already_published</c>, <c>not_failed</c>.</summary>
    public async Task<Result<PublicationView>> RunAsync(Caller caller, RetryPublicationRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentPublish)) { return Problem.Forbidden(); }
        var now = clock.GetUtcNow();
        return await publications.ChangeAsync(caller, request.PublicationId, "publication.retried", publication =>
            publication.PostId != request.PostId ? Problem.NotFound("publication") : publication.Retry(DueTimes.Now(publication.Due, now), caller.Name, now), cancellationToken);
    }
}
