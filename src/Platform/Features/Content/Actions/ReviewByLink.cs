using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>What a mailed link opens.</summary>
/// <param name="Item">The post and where it stands.</param>
/// <param name="OrganizationName">Whose it is.</param>
/// <param name="PersonName">For whom the link is.</param>
/// <param name="Superseded">Whether the post was changed since the mail: then the link shows it and takes no answer.</param>
public sealed record LinkedReview(ReviewItem Item, string OrganizationName, string PersonName, bool Superseded);

/// <summary>An answer by link.</summary>
public sealed record AnswerByLinkRequest(string Token, ReviewAnswerKind Kind, string? Comment);

/// <summary>
/// Opens and answers through a mailed link: no password, one post, one version. The holder is the member of now, with the role and channels of now; a link of
/// somebody who has left, or whose organization now demands two factors, is over.
/// </summary>
public sealed class ReviewByLink(ReviewLinkStore links, ReviewPeople people, ListReviews reviews, AnswerReview answer, ReviewDesk desk, TimeProvider clock)
{
    /// <summary>Shows it. NotFound <c>link_over</c> where it is unknown, over, or nobody's.</summary>
    public async Task<Result<LinkedReview>> ShowAsync(string token, CancellationToken cancellationToken)
    {
        if (await OpenAsync(token, cancellationToken) is not { } opened) { return Over; }
        var item = await reviews.GetAsync(opened.Caller, opened.Link.PostId, cancellationToken);
        return item.Ok
            ? new LinkedReview(item.Value, opened.Person.Membership.OrganizationName, opened.Person.Person.Name, item.Value.Review.Version != opened.Link.PostVersion)
            : Over;
    }

    /// <summary>Answers. Conflict <c>post_changed</c> where the post was changed since the mail; else as <see cref="AnswerReview"/>.</summary>
    public async Task<Result<ReviewView>> AnswerAsync(AnswerByLinkRequest request, string? address, CancellationToken cancellationToken)
    {
        if (await OpenAsync(request.Token, cancellationToken) is not { } opened) { return Over; }
        return await answer.RunAsync(opened.Caller with { Address = address }, new(opened.Link.PostId, request.Kind, opened.Link.PostVersion, null, request.Comment), cancellationToken);
    }

    /// <summary>Mails the holder of a superseded link one for the version of now.</summary>
    public async Task<Result<Done>> RenewAsync(string token, CancellationToken cancellationToken)
    {
        if (await OpenAsync(token, cancellationToken) is not { } opened || await desk.GetAsync(opened.Caller, opened.Link.PostId, cancellationToken) is not { } record) { return Over; }
        if (record.Review.Version == opened.Link.PostVersion || !record.Review.Asks(opened.Person.Reviewer)) { return Problem.Conflict("not_waiting", "The post does not wait for you."); }
        var item = await reviews.GetAsync(opened.Caller, record.Id, cancellationToken);
        if (!item.Ok) { return Over; }
        // The old link goes with it, so that it asks for one mail and not for many.
        var batch = new WriteBatch().Delete<ReviewLink>(opened.Caller, opened.Link.Id);
        desk.Mails.StageOne(batch, record, item.Value.Text, opened.Person);
        if (!await desk.TryCommitAsync(batch, cancellationToken)) { return Over; }
        desk.Mails.Wake();
        return Done.Value;
    }

    private static Problem Over => new(ProblemKind.NotFound, "link_over", "This link is over: it was used for an older version, its time has passed, or it was taken back. Sign in to see what waits for you.");

    private async Task<Opened?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is < 20 or > 100 || await links.FindAsync(ReviewToken.Hash(token), cancellationToken) is not { } link || link.ExpiresAt <= clock.GetUtcNow()) { return null; }
        var person = (await people.MembersAsync(link.OrganizationId, cancellationToken)).FirstOrDefault(p => p.Person.Id == link.UserId);
        if (person is null || person.Membership.RequiresTwoFactor) { return null; }
        return new(link, person, new Caller
        {
            Kind = CallerKind.Person, UserId = link.UserId, Name = person.Person.Name, Organization = new OrganizationId(link.OrganizationId), Role = person.Membership.Role, Channels = person.Membership.Channels,
            // The link is for one answer to one post: nothing else of the role comes with it.
            Scopes = new HashSet<Permission> { Permission.ContentReview },
        });
    }

    private sealed record Opened(ReviewLink Link, ReviewPerson Person, Caller Caller);
}
