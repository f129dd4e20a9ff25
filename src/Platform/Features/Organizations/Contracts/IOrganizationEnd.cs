namespace Platform.Features.Organizations.Contracts;

/// <summary>
/// A feature that keeps things of an organization elsewhere than in its own records (files, caches, remote subscriptions). Records need nothing of this:
/// every collection of organization-owned records is emptied by itself.
/// </summary>
public interface IOrganizationEnd
{
    /// <summary>Removes all of it. Must be safe to run twice.</summary>
    Task RemoveAsync(string organizationId, CancellationToken cancellationToken);
}
