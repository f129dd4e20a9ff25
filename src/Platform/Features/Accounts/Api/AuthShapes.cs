using Platform.Features.Accounts.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>An address.</summary>
public sealed record EmailRequest(string Email);

/// <summary>A token out of a mail.</summary>
public sealed record TokenRequest(string Token);

/// <summary>A sentence to show.</summary>
public sealed record MessageResponse(string Message);

/// <summary>Tokens, and whom they are for.</summary>
/// <param name="AccessToken">Goes into the Authorization header after "Bearer ".</param>
/// <param name="RefreshToken">Gets the next tokens, once.</param>
/// <param name="ExpiresIn">The access token's life in seconds.</param>
/// <param name="User">The person.</param>
/// <param name="Organization">The organization that the tokens act in.</param>
public sealed record TokenResponse(string AccessToken, string RefreshToken, int ExpiresIn, UserResponse User, OrganizationResponse? Organization)
{
    /// <summary>Always Bearer.</summary>
    public string TokenType => "Bearer";

    /// <summary>From a grant.</summary>
    public static TokenResponse Of(Grant grant) => new(
        grant.AccessToken,
        grant.RefreshToken,
        grant.ExpiresIn,
        new UserResponse(grant.Person.Id, grant.Person.Email, grant.Person.FirstName, grant.Person.LastName, grant.Person.EmailVerified),
        grant.OrganizationId is null ? null : new OrganizationResponse(grant.OrganizationId, grant.OrganizationName!));
}

/// <summary>A person.</summary>
public sealed record UserResponse(string Id, string Email, string FirstName, string LastName, bool EmailVerified);

/// <summary>An organization.</summary>
public sealed record OrganizationResponse(string Id, string Name);

/// <summary>Tokens, and the staff account that they are for.</summary>
public sealed record StaffTokenResponse(string AccessToken, string RefreshToken, int ExpiresIn, StaffUserResponse User)
{
    /// <summary>Always Bearer.</summary>
    public string TokenType => "Bearer";

    /// <summary>From a grant.</summary>
    public static StaffTokenResponse Of(Grant grant) => new(
        grant.AccessToken, grant.RefreshToken, grant.ExpiresIn, new StaffUserResponse(grant.Person.Id, grant.Person.Email, grant.Person.Name, grant.Caller.StaffRole!.Value));
}

/// <summary>A staff account.</summary>
public sealed record StaffUserResponse(string Id, string Email, string Name, StaffRole Role);
