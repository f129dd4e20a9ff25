using Platform.Features.Accounts.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>A member of an organization.</summary>
public sealed record MemberView(string UserId, string Name, string Email, Role Role, DateTimeOffset JoinedAt);

/// <summary>One of the caller's organizations.</summary>
public sealed record MyOrganizationView(string Id, string Name, Role Role, bool Suspended, bool Active);

/// <summary>Reads the caller's organizations and their members.</summary>
public sealed class ReadOrganizations(IOrganizations organizations, IAccounts accounts)
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

    /// <summary>The members of the active organization.</summary>
    public async Task<Result<Page<MemberView>>> MembersAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        if (caller.OrganizationId != id) { return Problem.NotFound("organization"); }
        var places = await organizations.MembersAsync(id, cancellationToken);
        var people = await accounts.FindAsync([.. places.Select(p => p.UserId)], cancellationToken);
        return new Page<MemberView>([.. places.Where(p => people.ContainsKey(p.UserId)).Select(p => new MemberView(p.UserId, people[p.UserId].Name, people[p.UserId].Email, p.Role, p.JoinedAt))], null);
    }
}
