using Platform.Features.Media.Store;
using Platform.Features.Organizations.Contracts;

namespace Platform.Features.Media.Actions;

/// <summary>Removes the files of an organization that is deleted.</summary>
public sealed class RemoveOrganizationMedia(IMediaFiles files) : IOrganizationEnd
{
    /// <inheritdoc />
    public Task RemoveAsync(string organizationId, CancellationToken cancellationToken) => files.DeleteAllAsync(organizationId, cancellationToken);
}
