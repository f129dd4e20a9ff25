using Platform.Features.Accounts.Contracts;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <inheritdoc cref="IInvitations" />
public sealed class AcceptInvitation(RosterChanges roster, InvitationStore store, OrganizationStore organizations, IAccounts accounts, IAudit audit, Clock clock) : IInvitations
{
    /// <inheritdoc />
    public async Task<InvitationOffer?> FindAsync(string? token, CancellationToken cancellationToken) => (await LookAsync(token, cancellationToken))?.Offer;

    /// <inheritdoc />
    public async Task<Result<InvitationOffer>> AcceptAsync(Caller caller, string? token, CancellationToken cancellationToken)
    {
        if (caller is not { IsInPerson: true, UserId: { } user }) { return Problem.Forbidden("Sign in as the person who was invited."); }
        if (await LookAsync(token, cancellationToken) is not { } open) { return Stale(); }
        var people = await accounts.FindAsync([user], cancellationToken);
        if (!people.TryGetValue(user, out var person) || InvitationRules.Normalize(person.Email) != open.Invitation.Email)
        {
            return new Problem(ProblemKind.Forbidden, "other_address", $"This invitation is for {open.Invitation.Email}. Sign in with that address.");
        }
        return await JoinAsync(caller, open, user, null, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<Result<InvitationOffer>> AcceptAsync(Caller caller, string? token, NewMember person, CancellationToken cancellationToken) =>
        await LookAsync(token, cancellationToken) is { } open
            ? await JoinAsync(caller with { Kind = CallerKind.Person, UserId = person.UserId, Name = person.Name }, open, person.UserId, person.Stage, cancellationToken)
            : Stale();

    private async Task<Result<InvitationOffer>> JoinAsync(Caller caller, Open open, string user, Action<WriteBatch>? account, CancellationToken cancellationToken)
    {
        var organization = open.Invitation.OrganizationId;
        var result = await roster.WriteAsync(organization, (state, batch) => PlanAsync(caller, state, batch, (open.Invitation.Id, user), account, cancellationToken), cancellationToken);
        if (!result.Ok) { return result.Problem; }
        await roster.AnnounceAsync(organization, [user], cancellationToken);
        return open.Offer;
    }

    private async Task<Result<Done>> PlanAsync(Caller caller, RosterState state, WriteBatch batch, (string Invitation, string User) ids, Action<WriteBatch>? account, CancellationToken cancellationToken)
    {
        if (state.Invitations.FirstOrDefault(i => i.Id == ids.Invitation) is not { } invitation) { return Stale(); }
        if (state.Find(ids.User) is not null) { return Problem.Conflict("already_member", "You are a member already."); }
        if (await organizations.GetAsync(invitation.OrganizationId, cancellationToken) is not { Suspended: false, ClosesAt: null } organization) { return Stale(); }
        // The organization may have named its domains, or got a smaller plan, since it invited.
        if (MailDomains.Check(organization.AllowedDomains, invitation.Email, invitation.Role) is { } outside) { return outside; }
        if (await roster.CheckPlacesAsync(organization.Id, state.Members.Count, cancellationToken) is { } full) { return full; }
        account?.Invoke(batch);
        InvitationStore.StageEnd(batch, invitation, InvitationState.Accepted, ids.User);
        batch.Insert(Caller.System(organization.Id), new Membership { OrganizationId = organization.Id, UserId = ids.User, Role = invitation.Role, ChannelIds = invitation.ChannelIds, JoinedAt = clock.Now });
        audit.Record(batch, caller, new AuditEntry("member.joined", "user", ids.User, $"invited by {invitation.InvitedByName}", organization.Id)
        {
            Changes = [new("role", null, invitation.Role.ToString()), new("channels", null, ChannelChoice.Words(invitation.ChannelIds))],
        });
        return Done.Ok;
    }

    private async Task<Open?> LookAsync(string? token, CancellationToken cancellationToken)
    {
        if (token is not { Length: > 20 and < 100 } || await store.ByTokenAsync(InvitationRules.Hash(token), cancellationToken) is not { } invitation || !invitation.IsOpen(clock.Now)) { return null; }
        if (await organizations.GetAsync(invitation.OrganizationId, cancellationToken) is not { Suspended: false, ClosesAt: null } organization) { return null; }
        return new Open(invitation, new InvitationOffer(organization.Id, organization.Name, invitation.Email, invitation.Role, invitation.InvitedByName, invitation.Note, invitation.ExpiresAt));
    }

    private static Problem Stale() => Problem.InvalidField("token", "invalid_token", "This invitation was used, taken back or is too old. Ask for a new one.");

    private sealed record Open(Invitation Invitation, InvitationOffer Offer);
}
