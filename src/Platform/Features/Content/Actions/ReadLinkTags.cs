using Platform.Features.Organizations.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>What links of a post made now would be tagged with.</summary>
public sealed class ReadLinkTags(IOrganizations organizations, TimeProvider clock)
{
    /// <summary>Reads it.</summary>
    public async Task<LinkTags> OfAsync(Caller caller, CancellationToken cancellationToken) =>
        new((await organizations.GetAsync(caller.OrganizationId, cancellationToken))?.Utm, clock.GetUtcNow());
}
