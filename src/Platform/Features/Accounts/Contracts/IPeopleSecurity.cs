namespace Platform.Features.Accounts.Contracts;

/// <summary>How a person's account is secured, for those who manage their organization.</summary>
/// <param name="TwoFactor">Whether it has a second factor.</param>
/// <param name="LastSeenAt">When one of its sessions was last used, to a few minutes; null: none of the last weeks.</param>
public sealed record PersonSecurity(bool TwoFactor, DateTimeOffset? LastSeenAt);

/// <summary>The door to how people's accounts are secured.</summary>
public interface IPeopleSecurity
{
    /// <summary>Of people by id; those that are gone are left out. At most 200.</summary>
    Task<IReadOnlyDictionary<string, PersonSecurity>> FindAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);
}
