using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>The organization that a caller acts in.</summary>
public sealed record ActiveOrganization(string Id, string Name, Role Role, string TimeZone, string Plan, DateTimeOffset? TrialEndsAt);

/// <summary>Who the caller is and what they may do.</summary>
public sealed record MeView(PersonView User, ActiveOrganization? Organization, StaffRole? StaffRole, IReadOnlyList<Permission> Permissions);

/// <summary>What people see of their own account.</summary>
public sealed class OwnAccount(AccountStore accounts, IOrganizations organizations)
{
    /// <summary>Who the caller is.</summary>
    public async Task<Result<MeView>> GetAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, cancellationToken) is not { } account) { return Problem.NotFound("account"); }
        var organization = caller.Organization is { } id ? await organizations.GetAsync(id.Value, cancellationToken) : null;
        return new MeView(
            account.View(),
            organization is null ? null : new ActiveOrganization(organization.Id, organization.Name, caller.Role!.Value, organization.TimeZone, organization.Plan, organization.TrialEndsAt),
            caller.StaffRole,
            [.. Enum.GetValues<Permission>().Where(caller.May)]);
    }

    private async Task<Account?> FindAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.UserId is { } id && await accounts.GetAsync(id, cancellationToken) is { } account && account.Kind == caller.Kind ? account : null;
}
