using Platform.Features.Accounts.Contracts;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Jobs;
using Platform.Features.Organizations.Store;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>What shows that an owner means it.</summary>
/// <param name="Name">The organization's name, typed.</param>
/// <param name="Password">The caller's password; for an account without one, a fresh sign-in takes its place.</param>
public sealed record CloseOrganizationRequest(string Name, string? Password = null);

/// <summary>When everything of an organization goes.</summary>
public sealed record ClosingView(string Id, string Name, DateTimeOffset ClosesAt);

/// <summary>
/// Closes an organization: nobody acts in it any more, what was scheduled is cancelled, and after the days of grace everything of it is deleted. Until
/// then an owner can bring it back; what was cancelled stays cancelled.
/// </summary>
public sealed class CloseOrganization(OrganizationChanges changes, OrganizationStore store, IReauthentication reauthentication, RosterChanges roster, ClosingMail mail, Clock clock)
{
    /// <summary>Closes the caller's organization.</summary>
    public async Task<Result<ClosingView>> RunAsync(Caller caller, string id, CloseOrganizationRequest request, CancellationToken cancellationToken)
    {
        if (!caller.IsInPerson || caller.Role != Role.Owner) { return new Problem(ProblemKind.Forbidden, "owner_only", "Only an owner closes an organization."); }
        var found = await changes.ReadAsync(caller, id, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if (OrganizationRules.CheckTyped(found.Value.Name, request.Name) is { } mistyped) { return mistyped; }
        if (await reauthentication.CheckAsync(caller, request.Password, cancellationToken) is { } unsure) { return unsure; }
        var (at, owners) = (clock.Now + clock.ClosingLife, (await roster.ReadAsync(id, cancellationToken)).Members.Where(m => m.Role == Role.Owner).Select(m => m.UserId).ToList());
        var letters = new WriteBatch();
        await mail.StageClosingAsync(letters, found.Value, owners, (caller.Name, at), cancellationToken);
        var result = await changes.CommitAsync(caller, found.Value, letters, o => new ChangedOrganization(
            o with { ClosesAt = at }, new AuditEntry("organization.closed", "organization", id, o.Name) { Changes = [new AuditChange("closesAt", null, at.ToString("O"))] }), cancellationToken);
        if (!result.Ok) { return result.Problem; }
        mail.Sent();
        return new ClosingView(id, result.Value.Name, at);
    }

    /// <summary>Brings an organization back. The caller acts in none at this moment, so the id says which of theirs.</summary>
    public async Task<Result<Done>> UndoAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (caller is not { IsInPerson: true, UserId: { } user }) { return Problem.Forbidden("Only an owner brings an organization back."); }
        if (!Ids.IsValid(id) || await store.GetAsync(id, cancellationToken) is not { } organization) { return Problem.NotFound("organization"); }
        if ((await roster.ReadAsync(id, cancellationToken)).Find(user) is not { } place) { return Problem.NotFound("organization"); }
        if (place.Role != Role.Owner) { return Problem.Forbidden("Only an owner brings an organization back."); }
        if (organization.ClosesAt is not { } at) { return Problem.Conflict("state_unchanged", "It is not being closed."); }
        if (at <= clock.Now) { return Problem.Conflict("closing_over", "The days of grace are over: it is being deleted."); }
        var result = await changes.CommitAsync(caller, organization, new WriteBatch(), o => new ChangedOrganization(
            o with { ClosesAt = null }, new AuditEntry("organization.restored", "organization", id, o.Name) { Changes = [new AuditChange("closesAt", at.ToString("O"), null)] }), cancellationToken);
        return result.Map(_ => Done.Value);
    }
}

/// <summary>Tells all owners that their organization is being closed, and sets its end going.</summary>
public sealed class ClosingMail(TeamMail mail, IJobQueue jobs)
{
    /// <summary>Adds the letters, and the job that cancels what is scheduled, to a batch.</summary>
    public async Task StageClosingAsync(WriteBatch batch, Organization organization, IReadOnlyList<string> owners, (string By, DateTimeOffset At) closing, CancellationToken cancellationToken)
    {
        jobs.Enqueue<CancelClosedPublications, ClosedOrganization>(batch, Caller.System(organization.Id), new ClosedOrganization(organization.Id));
        foreach (var owner in owners)
        {
            await mail.StageAsync(batch, organization.Id, owner, name => ($"{name} is being closed",
            [
                $"{InvitationRules.ForMail(closing.By)} closed {name}. What was scheduled is cancelled, and on {closing.At:d MMMM yyyy, HH:mm} UTC everything of it is deleted for good.",
                "Until then an owner can bring it back: sign in and follow the page that opens.",
            ]), cancellationToken);
        }
    }

    /// <summary>Has what was staged sent and begun.</summary>
    public void Sent() => jobs.Wake();
}
