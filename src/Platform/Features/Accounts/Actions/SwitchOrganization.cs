using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>Lets the caller's session act in another of their organizations.</summary>
public sealed class SwitchOrganization(SessionStore sessions, IOrganizations organizations, IAudit audit)
{
    /// <summary>Switches; returns the caller as they are there.</summary>
    public async Task<Result<Caller>> RunAsync(Caller caller, string organizationId, CancellationToken cancellationToken)
    {
        if (caller is not { Kind: CallerKind.Person, UserId: { } user, SessionId: { } session }) { return Problem.Forbidden(); }
        var place = (await organizations.OfUserAsync(user, cancellationToken)).FirstOrDefault(p => p.OrganizationId == organizationId);
        if (place is null) { return Problem.NotFound("organization"); }
        if (place.Suspended) { return new Problem(ProblemKind.Forbidden, "organization_suspended", "This organization is suspended. Write to support."); }
        await sessions.SetOrganizationAsync(session, organizationId, cancellationToken);
        if (caller.Impersonator is { } staff) { await audit.RecordAsync(Impersonation.AsStaff(caller, staff), new AuditEntry("impersonation.entered", "user", user, "Went on to this organization.", organizationId), cancellationToken); }
        return caller with { Organization = new OrganizationId(organizationId), Role = place.Role };
    }
}
