using Platform.Features.Accounts.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Operations.Actions;

/// <summary>A member as staff see them.</summary>
public sealed record TenantMember(string UserId, string Name, string Email, Role Role);

/// <summary>An organization as staff see it.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Limits">What its plan allows now.</param>
/// <param name="Members">Its people.</param>
/// <param name="Channels">Its channels; no tokens, no contents.</param>
public sealed record Tenant(OrganizationView Organization, PlanLimits Limits, IReadOnlyList<TenantMember> Members, IReadOnlyList<ChannelView> Channels);

/// <summary>Reads one organization for staff.</summary>
public sealed class GetTenant(IOrganizations organizations, IPlanLimits limits, IAccounts accounts, IChannels channels)
{
    /// <summary>Needs <see cref="Permission.StaffTenantsRead"/>.</summary>
    public async Task<Result<Tenant>> RunAsync(Caller caller, string organizationId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffTenantsRead)) { return Problem.Forbidden(); }
        if (!Ids.IsValid(organizationId) || await organizations.GetAsync(organizationId, cancellationToken) is not { } organization)
        {
            return Problem.NotFound("organization");
        }
        var memberships = await organizations.MembersAsync(organizationId, cancellationToken);
        var people = await accounts.FindAsync([.. memberships.Take(200).Select(m => m.UserId)], cancellationToken);
        var members = memberships.Where(m => people.ContainsKey(m.UserId)).Select(m => new TenantMember(m.UserId, people[m.UserId].Name, people[m.UserId].Email, m.Role));
        var connected = await channels.ListAsync(Caller.System(organizationId, caller.Name), cancellationToken);
        return new Tenant(organization, await limits.OfAsync(organizationId, cancellationToken), [.. members], connected);
    }
}
