namespace Platform.Tenancy;

/// <summary>A stored record that belongs to one organization; the store filters and stamps it.</summary>
public interface IOrganizationOwned
{
    /// <summary>The owner's id.</summary>
    string OrganizationId { get; }
}

/// <summary>Marks a stored record that belongs to the platform, not to a tenant. Every record is one or the other; a test holds it.</summary>
public interface IPlatformOwned;
