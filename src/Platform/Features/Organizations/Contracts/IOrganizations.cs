using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Contracts;

/// <summary>An organization as others see it.</summary>
public sealed record OrganizationView(string Id, string Name, string TimeZone, string Plan, DateTimeOffset? TrialEndsAt, bool Suspended, DateTimeOffset CreatedAt);

/// <summary>A person's place in an organization.</summary>
public sealed record MembershipView(string OrganizationId, string OrganizationName, string UserId, Role Role, bool Suspended);

/// <summary>The door to organizations.</summary>
public interface IOrganizations
{
    /// <summary>The organization; null where there is none. Cached for seconds.</summary>
    Task<OrganizationView?> GetAsync(string organizationId, CancellationToken cancellationToken);

    /// <summary>The organizations of a person, oldest membership first.</summary>
    Task<IReadOnlyList<MembershipView>> OfUserAsync(string userId, CancellationToken cancellationToken);

    /// <summary>The members of an organization.</summary>
    Task<IReadOnlyList<MembershipView>> MembersAsync(string organizationId, CancellationToken cancellationToken);

    /// <summary>Adds a new organization on trial, with its owner, to the batch; returns its id.</summary>
    string StageNew(WriteBatch batch, string name, string ownerUserId, string timeZone);
}
