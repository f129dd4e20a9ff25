using Platform.Features.Accounts.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>
/// A person who can sign in: a customer or a staff account. One address may be both; they are two accounts, and every look-up names the kind.
/// Mutable where ASP.NET Core Identity writes.
/// </summary>
public sealed record Account : Document, IPlatformOwned
{
    /// <summary>Person or Staff.</summary>
    public required CallerKind Kind { get; init; }

    /// <summary>The address as given.</summary>
    public required string Email { get; set; }

    /// <summary>The address as compared; unique within the kind.</summary>
    public required string NormalizedEmail { get; set; }

    /// <summary>First name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Last name.</summary>
    public required string LastName { get; init; }

    /// <summary>Name and address in lower case, for search.</summary>
    public required string SearchText { get; init; }

    /// <summary>What others see in the place of first and last name.</summary>
    public string? ShownName { get; init; }

    /// <summary>What the person does.</summary>
    public string? JobTitle { get; init; }

    /// <summary>A telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The IANA zone in which the person reads times; null: the organization's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How the person reads dates, such as de-DE; null: as the browser says.</summary>
    public string? Locale { get; init; }

    /// <summary>The picture.</summary>
    public string? AvatarId { get; init; }

    /// <summary>The password's hash.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with every change of credentials; sessions of an older stamp end.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>Whether the person followed the link in the mail.</summary>
    public bool EmailVerified { get; set; }

    /// <summary>A staff account's role.</summary>
    public StaffRole? StaffRole { get; init; }

    /// <summary>Whether staff suspended the account.</summary>
    public bool Suspended { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody last signed in with it.</summary>
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>The name for histories.</summary>
    public string DisplayName() => View().Name;

    /// <summary>As others see it.</summary>
    public PersonView View() => new(Id, Email, FirstName, LastName, EmailVerified) { ShownName = ShownName, AvatarUrl = AvatarId is null ? null : $"/avatars/{AvatarId}" };

    /// <summary>What a search looks in.</summary>
    public static string SearchTextOf(string firstName, string lastName, string normalizedEmail) => $"{firstName} {lastName} {normalizedEmail}".ToLowerInvariant();
}
