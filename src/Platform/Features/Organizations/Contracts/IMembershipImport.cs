using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Contracts;

/// <summary>Makes people members without an invitation: for the demo.</summary>
public interface IMembershipImport
{
    /// <summary>Adds the membership to the batch.</summary>
    void Stage(WriteBatch batch, string organizationId, string userId, Role role);
}
