using Platform.Features.Accounts.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Audit.Actions;

/// <summary>The people a reader may narrow the log to: the members of their organization.</summary>
public sealed class ListAuditActors(IOrganizations organizations, IAccounts accounts)
{
    /// <summary>Ids and names, by name; none for staff, who search instead.</summary>
    public async Task<Result<IReadOnlyList<PersonView>>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.AuditRead) || caller.IsPlatform) { return Problem.Forbidden(); }
        var members = await organizations.MembersAsync(caller.OrganizationId, cancellationToken);
        var people = await accounts.FindAsync([.. members.Select(m => m.UserId).Take(200)], cancellationToken);
        return people.Values.OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase).ToList();
    }
}
