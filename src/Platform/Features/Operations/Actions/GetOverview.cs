using Platform.Features.Accounts.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Operations.Actions;

/// <summary>What staff see first: counts computed from what is stored now.</summary>
/// <param name="People">People.</param>
/// <param name="Organizations">Organizations.</param>
/// <param name="Publishing">Publications of all organizations by state, and what is overdue.</param>
/// <param name="Recurring">Recurring jobs that failed or did not begin.</param>
public sealed record Overview(PeopleCounts People, OrganizationCounts Organizations, PublishingHealthView Publishing, IReadOnlyList<RecurringTrouble> Recurring);

/// <summary>Reads the overview.</summary>
public sealed class GetOverview(IAccounts accounts, IOrganizations organizations, IPublishingHealth publishing, ReadRecurringHealth recurring)
{
    /// <summary>Needs <see cref="Permission.StaffOverview"/>.</summary>
    public async Task<Result<Overview>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffOverview)) { return Problem.Forbidden(); }
        var people = await accounts.CountAsync(caller, cancellationToken);
        if (!people.Ok) { return people.Problem; }
        var tenants = await organizations.CountAsync(caller, cancellationToken);
        if (!tenants.Ok) { return tenants.Problem; }
        return new Overview(people.Value, tenants.Value, await publishing.GetAsync(cancellationToken), await recurring.RunAsync(cancellationToken));
    }
}
