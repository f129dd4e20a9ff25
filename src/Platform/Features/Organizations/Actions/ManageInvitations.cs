using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>Lists the invitations that nobody accepted yet.</summary>
public sealed class ListInvitations(InvitationStore store, Clock clock)
{
    /// <summary>Newest first, expired ones too.</summary>
    public async Task<Result<Page<InvitationView>>> RunAsync(Caller caller, string organizationId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.MembersManage)) { return Problem.Forbidden(); }
        if (caller.OrganizationId != organizationId) { return Problem.NotFound("organization"); }
        var now = clock.Now;
        return new Page<InvitationView>([.. (await store.PendingAsync(organizationId, cancellationToken)).Select(i => InvitationLetters.View(i, !i.IsOpen(now)))], null);
    }
}

/// <summary>Sends an invitation's mail again, with a new link; an expired one runs anew.</summary>
public sealed class ResendInvitation(RosterChanges roster, InvitationStore store, InvitationLetters letters, IAudit audit, Clock clock)
{
    /// <summary>Sends it.</summary>
    public async Task<Result<InvitationView>> RunAsync(Caller caller, string organizationId, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.MembersManage) || caller.Impersonator is not null) { return Problem.Forbidden(); }
        if (caller.OrganizationId != organizationId || await store.GetAsync(organizationId, id, cancellationToken) is not { State: InvitationState.Pending } invitation) { return Problem.NotFound("invitation"); }
        if (TooSoon(invitation) is { } soon) { return soon; }
        if (await letters.AllowAsync(organizationId, new InviteMemberRequest(invitation.Email, invitation.Role), cancellationToken) is { } refused) { return refused; }
        var result = await roster.WriteAsync(organizationId, (state, batch) => PlanAsync(caller, state, batch, id, cancellationToken), cancellationToken);
        if (!result.Ok) { return result.Problem; }
        await letters.SentAsync(organizationId, cancellationToken);
        return InvitationLetters.View(result.Value, expired: false);
    }

    private async Task<Result<Invitation>> PlanAsync(Caller caller, RosterState state, WriteBatch batch, string id, CancellationToken cancellationToken)
    {
        if (state.Find(caller.UserId) is not { } actor) { return Problem.Forbidden(); }
        if (await store.GetAsync(caller.OrganizationId, id, cancellationToken) is not { State: InvitationState.Pending } invitation) { return Problem.NotFound("invitation"); }
        if (MemberRules.CheckInvitation(actor.Role, invitation.Role) is { } refused) { return refused; }
        // An expired one holds no place any more and takes one again.
        if (!invitation.IsOpen(clock.Now) && await roster.CheckPlacesAsync(caller.OrganizationId, state.Places, cancellationToken) is { } full) { return full; }
        audit.Record(batch, caller, new AuditEntry("invitation.sent_again", "invitation", id, invitation.Email));
        return await letters.StageAgainAsync(batch, caller, invitation, cancellationToken);
    }

    private Problem? TooSoon(Invitation invitation)
    {
        if (invitation.Mails >= InvitationRules.MostMails) { return Problem.Conflict("mailed_often", $"This invitation was mailed {InvitationRules.MostMails} times. Take it back and make a new one, or ask the person."); }
        var left = invitation.SentAt + InvitationRules.BetweenMails - clock.Now;
        return left > TimeSpan.Zero ? new Problem(ProblemKind.TooManyRequests, "mailed_just_now", "The mail went out a moment ago. Try again in a minute.") { RetryAfter = left } : null;
    }
}

/// <summary>Takes an invitation back: its link stops working.</summary>
public sealed class RevokeInvitation(RosterChanges roster, InvitationStore store, IAudit audit)
{
    /// <summary>Takes it back.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string organizationId, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.MembersManage) || caller.Impersonator is not null) { return Problem.Forbidden(); }
        if (caller.OrganizationId != organizationId) { return Problem.NotFound("invitation"); }
        var result = await roster.WriteAsync(organizationId, (state, batch) => PlanAsync(caller, state, batch, id, cancellationToken), cancellationToken);
        if (result.Ok) { await roster.AnnounceAsync(organizationId, [], cancellationToken); }
        return result;
    }

    private async Task<Result<Done>> PlanAsync(Caller caller, RosterState state, WriteBatch batch, string id, CancellationToken cancellationToken)
    {
        if (state.Find(caller.UserId) is not { } actor) { return Problem.Forbidden(); }
        if (await store.GetAsync(caller.OrganizationId, id, cancellationToken) is not { State: InvitationState.Pending } invitation) { return Problem.NotFound("invitation"); }
        if (MemberRules.CheckInvitation(actor.Role, invitation.Role) is { } refused) { return refused; }
        InvitationStore.StageEnd(batch, invitation, InvitationState.Revoked);
        audit.Record(batch, caller, new AuditEntry("invitation.revoked", "invitation", id, invitation.Email));
        return Done.Ok;
    }
}
