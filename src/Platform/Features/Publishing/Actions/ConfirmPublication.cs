using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>What a person saw on the network.</summary>
/// <param name="PostId">The post.</param>
/// <param name="PublicationId">Its publication.</param>
/// <param name="IsThere">Whether it is out; if not, it is sent again.</param>
/// <param name="Url">Its page, if the person gives it.</param>
public sealed record ConfirmPublicationRequest(string PostId, string PublicationId, bool IsThere, string? Url = null);

/// <summary>Settles a publication whose answer was lost, by what a person saw.</summary>
public sealed class ConfirmPublication(OnePublication publications, IApprovalGate gate, TimeProvider clock)
{
    /// <summary>Invalid <c>invalid_url</c>; Conflict <c>nothing_to_confirm</c>, <c>approval_required</c>; Forbidden <c>channel_not_allowed</c>.</summary>
    public async Task<Result<PublicationView>> RunAsync(Caller caller, ConfirmPublicationRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentPublish)) { return Problem.Forbidden(); }
        var url = string.IsNullOrWhiteSpace(request.Url) ? null : request.Url.Trim();
        if (url is not null && !IsWebAddress(url)) { return Problem.InvalidField("url", "invalid_url", "Give the post's full web address, starting with https://."); }
        var (now, needed) = (clock.GetUtcNow(), !request.IsThere && await gate.MustApproveAsync(caller, request.PostId, cancellationToken));
        return await publications.ChangeAsync(caller, request.PublicationId, request.IsThere ? "publication.confirmed" : "publication.sent_again", publication =>
            publication.PostId != request.PostId ? Problem.NotFound("publication")
            : request.IsThere ? publication.ConfirmThere(url, caller.Name, now)
            : SendAgain(publication, needed, caller, now), cancellationToken);
    }

    private static Result<Publication> SendAgain(Publication publication, bool needed, Caller caller, DateTimeOffset now)
    {
        var cleared = publication.State is PublicationState.Unconfirmed ? Clearance.Of(publication, needed) : publication;
        return cleared.Ok ? cleared.Value.ConfirmAbsent(DueTimes.Now(publication.Due, now), caller.Name, now) : cleared;
    }

    private static bool IsWebAddress(string url) => url.Length <= 2000 && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
}
