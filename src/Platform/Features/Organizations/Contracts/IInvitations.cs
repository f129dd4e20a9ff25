using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Contracts;

/// <summary>An invitation as the one who holds its link sees it.</summary>
/// <param name="OrganizationId">Where to.</param>
/// <param name="OrganizationName">Its name.</param>
/// <param name="Email">The address that it is for.</param>
/// <param name="Role">The role they will have.</param>
/// <param name="InvitedBy">The name of who invited.</param>
/// <param name="Note">Their words.</param>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
public sealed record InvitationOffer(string OrganizationId, string OrganizationName, string Email, Role Role, string InvitedBy, string Note, DateTimeOffset ExpiresAt);

/// <summary>A person who is being made by accepting.</summary>
/// <param name="UserId">The id they will have.</param>
/// <param name="Name">Their name.</param>
/// <param name="Stage">Adds the account to a batch; may be called several times, each time with another batch.</param>
public sealed record NewMember(string UserId, string Name, Action<WriteBatch> Stage);

/// <summary>The door to invitations, for those who accept them.</summary>
public interface IInvitations
{
    /// <summary>What a link offers. Used up, taken back, expired and invented links answer alike: null.</summary>
    Task<InvitationOffer?> FindAsync(string? token, CancellationToken cancellationToken);

    /// <summary>A signed-in person joins. Their address must be the invitation's; exactly one of several attempts at the same time succeeds.</summary>
    Task<Result<InvitationOffer>> AcceptAsync(Caller caller, string? token, CancellationToken cancellationToken);

    /// <summary>A new person joins: account and membership are one write. Throws <see cref="DuplicateKeyException"/> where the address has an account meanwhile.</summary>
    Task<Result<InvitationOffer>> AcceptAsync(Caller caller, string? token, NewMember person, CancellationToken cancellationToken);
}
