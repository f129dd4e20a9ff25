using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>One of the caller's organizations.</summary>
public sealed record MyOrganizationView(string Id, string Name, Role Role, bool Suspended, bool Active);

/// <summary>Reads the caller's organizations.</summary>
public sealed class ReadOrganizations(IOrganizations organizations)
{
    /// <summary>All organizations that the caller is in; the active one is marked.</summary>
    public async Task<Result<Page<MyOrganizationView>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller is not { Kind: CallerKind.Person, UserId: { } user }) { return Problem.Forbidden(); }
        var places = await organizations.OfUserAsync(user, cancellationToken);
        return new Page<MyOrganizationView>([.. places.Select(p => new MyOrganizationView(p.OrganizationId, p.OrganizationName, p.Role, p.Suspended, p.OrganizationId == caller.Organization?.Value))], null);
    }

    /// <summary>The active organization.</summary>
    public async Task<Result<OrganizationView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        caller.Organization?.Value == id && await organizations.GetAsync(id, cancellationToken) is { } found ? found : Problem.NotFound("organization");
}
