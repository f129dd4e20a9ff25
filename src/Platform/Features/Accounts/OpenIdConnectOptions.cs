using System.ComponentModel.DataAnnotations;

namespace Platform.Features.Accounts;

/// <summary>Settings under <c>Accounts:OpenIdConnect</c>: sign-in through a provider that people have elsewhere; off while no authority is set.</summary>
public sealed class OpenIdConnectOptions : IValidatableObject
{
    /// <summary>The provider's issuer, such as <c>https://login.example.com</c>; its discovery document lies below it.</summary>
    public string Authority { get; set; } = "";

    /// <summary>How the provider knows this installation.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret; empty for a public client (PKCE is used in any case).</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>What the button says: "Continue with …".</summary>
    public string Name { get; set; } = "single sign-on";

    /// <summary>What is asked for, separated by blanks; holds <c>openid</c>.</summary>
    public string Scopes { get; set; } = "openid profile email";

    /// <summary>Whether somebody unknown gets an account with a new organization, where the provider vouches for the address.</summary>
    public bool AllowRegistration { get; set; }

    /// <summary>Whether it is on.</summary>
    public bool Enabled => Authority.Length > 0;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enabled) { yield break; }
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
        {
            yield return new ValidationResult("Accounts:OpenIdConnect:Authority must be an https address (http only on this machine).");
        }
        if (ClientId.Length == 0) { yield return new ValidationResult("Accounts:OpenIdConnect:ClientId is missing."); }
        if (!Scopes.Split(' ').Contains("openid")) { yield return new ValidationResult("Accounts:OpenIdConnect:Scopes must hold openid."); }
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 50) { yield return new ValidationResult("Accounts:OpenIdConnect:Name must have 1 to 50 characters."); }
    }
}
