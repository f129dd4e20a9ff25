using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Contracts;

/// <summary>A person as others see them.</summary>
public sealed record PersonView(string Id, string Email, string FirstName, string LastName, bool EmailVerified)
{
    /// <summary>What the person chose to be called; null: first and last name.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? ShownName { get; init; }

    /// <summary>The picture's address on this site; null where there is none.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>The name that the person chose, else first and last name, or the address where there is none.</summary>
    public string Name => ShownName ?? ($"{FirstName} {LastName}".Trim() is { Length: > 0 } name ? name : Email);
}

/// <summary>The door to people.</summary>
public interface IAccounts
{
    /// <summary>People by id; those that are gone are left out. At most 200.</summary>
    Task<IReadOnlyDictionary<string, PersonView>> FindAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);

    /// <summary>A page of all people, newest first; staff with <see cref="Permission.StaffTenantsRead"/> only.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="search">The start of an address or a part of a name, in any case; null for all.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cursor">Of the page before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Result<Page<PersonDetail>>> ListAsync(Caller caller, string? search, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>One person for staff.</summary>
    Task<Result<PersonDetail>> GetAsync(Caller caller, string userId, CancellationToken cancellationToken);

    /// <summary>Suspends a person: signed out everywhere at once, and cannot sign in. Staff with <see cref="Permission.StaffTenantsManage"/> only; audited.</summary>
    Task<Result<Done>> SuspendAsync(Caller caller, string userId, string reason, CancellationToken cancellationToken);

    /// <summary>Ends a person's suspension. Staff with <see cref="Permission.StaffTenantsManage"/> only; audited.</summary>
    Task<Result<Done>> ActivateAsync(Caller caller, string userId, CancellationToken cancellationToken);

    /// <summary>Ends all sessions of a person. Staff with <see cref="Permission.StaffTenantsManage"/> only; audited.</summary>
    Task<Result<Done>> SignOutAsync(Caller caller, string userId, CancellationToken cancellationToken);

    /// <summary>How many people there are; staff only.</summary>
    Task<Result<PeopleCounts>> CountAsync(Caller caller, CancellationToken cancellationToken);
}

/// <summary>Counts for the staff's overview.</summary>
/// <param name="All">Everyone.</param>
/// <param name="ActiveToday">Those whose sessions were used in the last 24 hours.</param>
public sealed record PeopleCounts(long All, long ActiveToday);

/// <summary>A person as staff see them.</summary>
public sealed record PersonDetail(string Id, string Email, string FirstName, string LastName, bool EmailVerified, bool Suspended, bool LockedOut, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt, int ActiveSessions);
