using Microsoft.Extensions.Options;
using Platform.Coordination;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>Whom to ask, and for what.</summary>
/// <param name="Email">Their address; only it can accept.</param>
/// <param name="Role">The role they will have.</param>
/// <param name="Channels">The channels they will be limited to; null: all.</param>
/// <param name="Note">A few personal words for the mail.</param>
public sealed record InviteMemberRequest(string Email, Role Role, IReadOnlyList<string>? Channels = null, string? Note = null);

/// <summary>An invitation as the team sees it.</summary>
public sealed record InvitationView(
    string Id, string Email, Role Role, IReadOnlyList<string>? Channels, string Note, string InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, bool Expired);

/// <summary>Asks somebody to join, by mail. The invitation takes one of the plan's places until it is accepted, taken back or expired.</summary>
public sealed class InviteMember(RosterChanges roster, InvitationStore store, InvitationLetters letters, ChannelChoice channels, IAudit audit)
{
    /// <summary>Asks.</summary>
    public async Task<Result<InvitationView>> RunAsync(Caller caller, string organizationId, InviteMemberRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.MembersManage) || caller.Impersonator is not null) { return Problem.Forbidden(); }
        if (caller.OrganizationId != organizationId) { return Problem.NotFound("organization"); }
        if (InvitationRules.Normalize(request.Email) is not { } email) { return Problem.InvalidField("email", "invalid_email", "Give an e-mail address such as ada@example.com."); }
        if (InvitationRules.CheckNote(request.Note ?? "") is { } long_) { return long_; }
        if (request.Role == Role.Owner && !caller.IsInPerson) { return Problem.Forbidden("Only a person makes and unmakes owners, not an API key."); }
        var chosen = await channels.CheckAsync(caller, request.Role, request.Channels, cancellationToken);
        if (!chosen.Ok) { return chosen.Problem; }
        var asked = request with { Email = email, Channels = chosen.Value.Ids, Note = request.Note?.Trim() ?? "" };
        if (await letters.AllowAsync(organizationId, asked, cancellationToken) is { } refused) { return refused; }
        var result = await roster.WriteAsync(organizationId, (state, batch) => PlanAsync(caller, state, batch, asked, cancellationToken), cancellationToken);
        if (!result.Ok) { return result.Problem; }
        await letters.SentAsync(organizationId, cancellationToken);
        return InvitationLetters.View(result.Value, expired: false);
    }

    private async Task<Result<Invitation>> PlanAsync(Caller caller, RosterState state, WriteBatch batch, InviteMemberRequest asked, CancellationToken cancellationToken)
    {
        if (state.Find(caller.UserId) is not { } actor) { return Problem.Forbidden(); }
        if (MemberRules.CheckInvitation(actor.Role, asked.Role) is { } refused) { return refused; }
        if (await letters.IsMemberAsync(state, asked.Email, cancellationToken)) { return Problem.Conflict("already_member", "Somebody with this address is a member already."); }
        if (state.Invitations.Any(i => i.Email == asked.Email)) { return Problem.Conflict("already_invited", "This address is invited already. Send the mail again instead."); }
        if (await roster.CheckPlacesAsync(caller.OrganizationId, state.Places, cancellationToken) is { } full) { return full; }
        // An expired one steps aside for the new one.
        if (await store.PendingForAsync(caller.OrganizationId, asked.Email, cancellationToken) is { } expired) { InvitationStore.StageEnd(batch, expired, InvitationState.Revoked); }
        var invitation = await letters.StageAsync(batch, caller, asked, cancellationToken);
        audit.Record(batch, caller, new AuditEntry("member.invited", "invitation", invitation.Id, asked.Email)
        {
            Changes = [new("role", null, asked.Role.ToString()), new("channels", null, ChannelChoice.Words(asked.Channels))],
        });
        return invitation;
    }
}

/// <summary>The letters of invitations: made, counted, sent.</summary>
public sealed class InvitationLetters(OrganizationStore organizations, IAccounts accounts, TeamMail mail, MailAllowance allowance, RosterChanges roster, Clock clock)
{
    /// <summary>The problem where the address may not join, or too many mails went out today; null where the letter may be sent.</summary>
    public async Task<Problem?> AllowAsync(string organizationId, InviteMemberRequest asked, CancellationToken cancellationToken)
    {
        if (await organizations.GetAsync(organizationId, cancellationToken) is not { } organization) { return Problem.NotFound("organization"); }
        return MailDomains.Check(organization.AllowedDomains, asked.Email, asked.Role) ?? await allowance.TakeAsync(organizationId, cancellationToken);
    }

    /// <summary>Whether a member has this address.</summary>
    public async Task<bool> IsMemberAsync(RosterState state, string email, CancellationToken cancellationToken) =>
        (await accounts.FindAsync([.. state.Members.Select(m => m.UserId)], cancellationToken)).Values.Any(p => InvitationRules.Normalize(p.Email) == email);

    /// <summary>Adds a new invitation and its mail to a batch.</summary>
    public async Task<Invitation> StageAsync(WriteBatch batch, Caller caller, InviteMemberRequest asked, CancellationToken cancellationToken)
    {
        var (token, now) = (InvitationRules.NewToken(), clock.Now);
        var invitation = new Invitation
        {
            OrganizationId = caller.OrganizationId, Email = asked.Email, Role = asked.Role, ChannelIds = asked.Channels, Note = asked.Note ?? "", TokenHash = InvitationRules.Hash(token),
            State = InvitationState.Pending, InvitedBy = caller.UserId!, InvitedByName = caller.Name, CreatedAt = now, SentAt = now, ExpiresAt = now + clock.InvitationLife,
        };
        batch.Insert(caller, invitation);
        mail.StageInvitation(batch, invitation, await NameAsync(caller.OrganizationId, cancellationToken), token);
        return invitation;
    }

    /// <summary>Adds a new link for an invitation, and its mail, to a batch. The old link stops working.</summary>
    public async Task<Invitation> StageAgainAsync(WriteBatch batch, Caller caller, Invitation invitation, CancellationToken cancellationToken)
    {
        var (token, now) = (InvitationRules.NewToken(), clock.Now);
        var renewed = invitation with { TokenHash = InvitationRules.Hash(token), SentAt = now, ExpiresAt = now + clock.InvitationLife, Mails = invitation.Mails + 1 };
        batch.Replace(caller, renewed);
        mail.StageInvitation(batch, renewed, await NameAsync(caller.OrganizationId, cancellationToken), token);
        return renewed;
    }

    /// <summary>Has what was staged sent, and open team pages look again.</summary>
    public Task SentAsync(string organizationId, CancellationToken cancellationToken)
    {
        mail.Sent();
        return roster.AnnounceAsync(organizationId, [], cancellationToken);
    }

    /// <summary>An invitation as the team sees it.</summary>
    public static InvitationView View(Invitation i, bool expired) => new(i.Id, i.Email, i.Role, i.ChannelIds, i.Note, i.InvitedByName, i.CreatedAt, i.SentAt, i.ExpiresAt, expired);

    private async Task<string> NameAsync(string organizationId, CancellationToken cancellationToken) => (await organizations.GetAsync(organizationId, cancellationToken))!.Name;
}

/// <summary>Now, and how long things last.</summary>
public sealed class Clock(TimeProvider time, IOptions<OrganizationsOptions> options)
{
    /// <summary>Now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>How long an invitation can be accepted.</summary>
    public TimeSpan InvitationLife => TimeSpan.FromDays(options.Value.InvitationDays);

    /// <summary>How long a closed organization can be brought back.</summary>
    public TimeSpan ClosingLife => TimeSpan.FromDays(options.Value.ClosingDays);
}

/// <summary>How many invitation mails an organization may send: strangers' mailboxes are not its to fill.</summary>
public sealed class MailAllowance(ICounters counters, IOptions<OrganizationsOptions> options)
{
    /// <summary>Counts one; the problem where it is one too many today.</summary>
    public async Task<Problem?> TakeAsync(string organizationId, CancellationToken cancellationToken)
    {
        var (count, left) = await counters.AddAsync($"invitation-mails:{organizationId}", 1, TimeSpan.FromDays(1), cancellationToken);
        return count <= options.Value.InvitationMailsPerDay
            ? null
            : new Problem(ProblemKind.TooManyRequests, "too_many_invitations", $"An organization sends at most {options.Value.InvitationMailsPerDay} invitations a day. Go on later.") { RetryAfter = left };
    }
}
