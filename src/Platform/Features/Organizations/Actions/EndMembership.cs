using Platform.Features.Accounts.Contracts;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>Removes a member. Their sessions lose the organization within seconds; what they wrote stays.</summary>
public sealed class RemoveMember(RosterChanges roster, TeamMail mail, IAudit audit)
{
    /// <summary>Removes them.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string organizationId, string userId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.MembersManage) || caller.Impersonator is not null) { return Problem.Forbidden(); }
        if (caller.OrganizationId != organizationId) { return Problem.NotFound("organization"); }
        var result = await roster.WriteAsync(organizationId, (state, batch) => PlanAsync(caller, state, batch, userId, cancellationToken), cancellationToken);
        if (!result.Ok) { return result; }
        mail.Sent();
        await roster.AnnounceAsync(organizationId, [userId], cancellationToken);
        return result;
    }

    private async Task<Result<Done>> PlanAsync(Caller caller, RosterState state, WriteBatch batch, string userId, CancellationToken cancellationToken)
    {
        if (state.Find(caller.UserId) is not { } actor) { return Problem.Forbidden(); }
        if (state.Find(userId) is not { } target) { return Problem.NotFound("member"); }
        if (!caller.IsInPerson && target.Role == Role.Owner) { return Problem.Forbidden("Only a person makes and unmakes owners, not an API key."); }
        if (MemberRules.CheckRemoval(new Seat(actor.UserId, actor.Role), new Seat(target.UserId, target.Role), state.Owners) is { } refused) { return refused; }
        batch.Delete<Membership>(Caller.System(target.OrganizationId), target.Id);
        audit.Record(batch, caller, new AuditEntry("member.removed", "user", userId) { Changes = [new AuditChange("role", target.Role.ToString(), null)] });
        await mail.StageRemovedAsync(batch, target.OrganizationId, userId, cancellationToken);
        return Done.Ok;
    }
}

/// <summary>Leaves an organization. The last owner cannot.</summary>
public sealed class LeaveOrganization(RosterChanges roster, IAudit audit)
{
    /// <summary>Leaves it; any of the caller's organizations, the active one or not.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string organizationId, CancellationToken cancellationToken)
    {
        if (caller is not { IsInPerson: true, UserId: { } user }) { return Problem.Forbidden("Only the person themself leaves an organization."); }
        if (!Ids.IsValid(organizationId)) { return Problem.NotFound("organization"); }
        if ((await roster.ReadAsync(organizationId, cancellationToken)).Find(user) is null) { return Problem.NotFound("organization"); }
        var result = await roster.WriteAsync(organizationId, (state, batch) => Task.FromResult(Plan(caller, state, batch, organizationId)), cancellationToken);
        if (result.Ok) { await roster.AnnounceAsync(organizationId, [user], cancellationToken); }
        return result;
    }

    private Result<Done> Plan(Caller caller, RosterState state, WriteBatch batch, string organizationId)
    {
        if (state.Find(caller.UserId) is not { } self) { return Problem.NotFound("organization"); }
        if (MemberRules.CheckLeaving(new Seat(self.UserId, self.Role), state.Owners) is { } refused) { return refused; }
        batch.Delete<Membership>(Caller.System(organizationId), self.Id);
        audit.Record(batch, caller, new AuditEntry("member.left", "user", self.UserId, OrganizationId: organizationId) { Changes = [new AuditChange("role", self.Role.ToString(), null)] });
        return Done.Ok;
    }
}

/// <summary>The new owner, and what shows that the old one means it.</summary>
/// <param name="UserId">The member who becomes the owner.</param>
/// <param name="Name">The organization's name, typed.</param>
/// <param name="Password">The caller's password; where the account has none, a sign-in of the last minutes takes its place.</param>
public sealed record TransferOwnershipRequest(string UserId, string Name, string? Password = null);

/// <summary>Hands the ownership to another member; the old owner becomes an admin.</summary>
public sealed class TransferOwnership(RosterChanges roster, OrganizationStore store, IReauthentication reauthentication, TeamMail mail, IAudit audit)
{
    /// <summary>Hands it over.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string organizationId, TransferOwnershipRequest request, CancellationToken cancellationToken)
    {
        if (!caller.IsInPerson || caller.Role != Role.Owner) { return new Problem(ProblemKind.Forbidden, "owner_only", "Only an owner hands the ownership over."); }
        if (caller.OrganizationId != organizationId || await store.GetAsync(organizationId, cancellationToken) is not { } organization) { return Problem.NotFound("organization"); }
        if (OrganizationRules.CheckTyped(organization.Name, request.Name) is { } mistyped) { return mistyped; }
        if (await reauthentication.CheckAsync(caller, request.Password, cancellationToken) is { } unsure) { return unsure; }
        var result = await roster.WriteAsync(organizationId, (state, batch) => PlanAsync(caller, state, batch, request.UserId, cancellationToken), cancellationToken);
        if (!result.Ok) { return result; }
        mail.Sent();
        await roster.AnnounceAsync(organizationId, [caller.UserId!, request.UserId], cancellationToken);
        return result;
    }

    private async Task<Result<Done>> PlanAsync(Caller caller, RosterState state, WriteBatch batch, string userId, CancellationToken cancellationToken)
    {
        if (state.Find(caller.UserId) is not { } actor) { return Problem.Forbidden(); }
        if (state.Find(userId) is not { } target) { return Problem.NotFound("member"); }
        if (MemberRules.CheckTransfer(new Seat(actor.UserId, actor.Role), new Seat(target.UserId, target.Role)) is { } refused) { return refused; }
        var system = Caller.System(target.OrganizationId);
        batch.Replace(system, target with { Role = Role.Owner, ChannelIds = null });
        batch.Replace(system, actor with { Role = Role.Admin });
        audit.Record(batch, caller, new AuditEntry("organization.transferred", "organization", target.OrganizationId) { Changes = [new AuditChange("owner", actor.UserId, target.UserId)] });
        await mail.StageTransferredAsync(batch, target.OrganizationId, (actor.UserId, target.UserId), cancellationToken);
        return Done.Ok;
    }
}
