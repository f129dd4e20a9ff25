namespace Platform.Features.Accounts.Contracts;

/// <summary>A person as others see them.</summary>
public sealed record PersonView(string Id, string Email, string FirstName, string LastName, bool EmailVerified)
{
    /// <summary>First and last name, or the address where there is none.</summary>
    public string Name => $"{FirstName} {LastName}".Trim() is { Length: > 0 } name ? name : Email;
}

/// <summary>The door to people.</summary>
public interface IAccounts
{
    /// <summary>People by id; those that are gone are left out. At most 200.</summary>
    Task<IReadOnlyDictionary<string, PersonView>> FindAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);
}
