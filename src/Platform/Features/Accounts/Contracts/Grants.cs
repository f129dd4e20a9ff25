using Platform.Tenancy;

namespace Platform.Features.Accounts.Contracts;

/// <summary>Where a sign-in comes from.</summary>
/// <param name="UserAgent">The client's own name for itself.</param>
/// <param name="Browser">Whether a cookie carries the session; then no refresh token is handed out.</param>
public sealed record Device(string? UserAgent, bool Browser = false);

/// <summary>A session that was just made or refreshed.</summary>
/// <param name="Caller">Who acts in it, as of now.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="OrganizationName">The name of the organization it acts in; null where it acts in none.</param>
/// <param name="OrganizationId">The id of the organization it acts in; set also while the person may do nothing there yet.</param>
/// <param name="AccessToken">The token for the API.</param>
/// <param name="ExpiresIn">Its life in seconds.</param>
/// <param name="RefreshToken">What gets the next one, once.</param>
public sealed record Grant(Caller Caller, PersonView Person, string? OrganizationId, string? OrganizationName, string AccessToken, int ExpiresIn, string RefreshToken);

/// <summary>A session as its owner sees it.</summary>
public sealed record SessionView(string Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string? Address, string? UserAgent, bool Current)
{
    /// <summary>The browser and the system in words, as far as the client says.</summary>
    public string Device { get; init; } = "";

    /// <summary>Where it was opened: a city and a country, or the address's network where that is not known; null where there was no address.</summary>
    public string? Place { get; init; }

    /// <summary>Whether it is held in the hand.</summary>
    public bool Mobile { get; init; }

    /// <summary>How the owner showed who they are; see <see cref="SignInMethods"/>.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];
}

/// <summary>Who a session belongs to at this moment.</summary>
/// <param name="Caller">The caller, with the role of now.</param>
/// <param name="Restriction">Why the caller may do nothing in their organization: email_not_verified, organization_suspended, organization_closing or two_factor_required; null where they may.</param>
public sealed record Standing(Caller Caller, string? Restriction);
