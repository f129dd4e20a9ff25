using System.ComponentModel.DataAnnotations;

namespace Platform.Features.Accounts;

/// <summary>Settings under <c>Accounts</c>.</summary>
public sealed class AccountsOptions
{
    /// <summary>Whether a person must follow the link in the mail before acting in an organization. Null: true where mail is configured.</summary>
    public bool? RequireVerifiedEmail { get; set; }

    /// <summary>How long an access token is good, in minutes.</summary>
    [Range(1, 60)]
    public int AccessTokenMinutes { get; set; } = 15;

    /// <summary>How long a session lasts after its last use, in days.</summary>
    [Range(1, 365)]
    public int SessionDays { get; set; } = 30;

    /// <summary>Wrong passwords in a row before the account is locked.</summary>
    [Range(3, 20)]
    public int LockoutFailures { get; set; } = 5;

    /// <summary>How long it stays locked, in minutes.</summary>
    [Range(1, 1440)]
    public int LockoutMinutes { get; set; } = 15;

    /// <summary>Rounds of PBKDF2-HMAC-SHA512; OWASP's figure. Tests turn it down.</summary>
    [Range(1000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>After how many days access tokens get new signing keys.</summary>
    [Range(1, 3650)]
    public int SigningKeyDays { get; set; } = 90;

    /// <summary>How many API keys an organization may have that are not revoked.</summary>
    [Range(1, 1000)]
    public int ApiKeysPerOrganization { get; set; } = 20;

    /// <summary>A file of leaked passwords' SHA-1 hashes in hexadecimal, sorted, one a line (with or without ":count"); empty: only the built-in list.</summary>
    public string? BreachedPasswordFile { get; set; }

    /// <summary>A database of addresses in MaxMind's format (.mmdb, of cities or countries), by which sessions and security mails name a place; empty: they name the network.</summary>
    public string? GeoDatabase { get; set; }
}
