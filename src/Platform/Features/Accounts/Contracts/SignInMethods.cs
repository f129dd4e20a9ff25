namespace Platform.Features.Accounts.Contracts;

/// <summary>Ways to show who one is.</summary>
public static class SignInMethods
{
    /// <summary>A password.</summary>
    public const string Password = "password";

    /// <summary>A code of an authenticator app.</summary>
    public const string Totp = "totp";

    /// <summary>A recovery code.</summary>
    public const string RecoveryCode = "recovery_code";

    /// <summary>A passkey with user verification: two factors in one.</summary>
    public const string Passkey = "passkey";

    /// <summary>An OpenID Connect provider.</summary>
    public const string OpenIdConnect = "oidc";

    /// <summary>A link sent by mail.</summary>
    public const string MagicLink = "magic_link";

    /// <summary>Whether these make two factors.</summary>
    public static bool AreTwoFactors(IReadOnlyList<string> methods) => methods.Any(m => m is Totp or RecoveryCode or Passkey);
}
