using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Store;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <inheritdoc />
public sealed class MembershipImport(TimeProvider clock) : IMembershipImport
{
    /// <inheritdoc />
    public void Stage(WriteBatch batch, string organizationId, string userId, Role role) =>
        batch.Insert(Caller.Platform, new Membership { OrganizationId = organizationId, UserId = userId, Role = role, JoinedAt = clock.GetUtcNow() });
}
