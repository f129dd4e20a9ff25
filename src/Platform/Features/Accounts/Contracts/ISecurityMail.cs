using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Contracts;

/// <summary>Something that the owner of an account must hear of, whoever did it.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Happened">What happened, as a sentence in lower case that follows the greeting.</param>
/// <param name="Advice">What to do if it was not the owner.</param>
public sealed record SecurityNews(string Subject, string Happened, string Advice = "If it was not you, change your password at once and sign out everywhere else.")
{
    /// <summary>A new password.</summary>
    public static readonly SecurityNews PasswordChanged = new("Your password was changed", "the password of your account was changed and everything else was signed out.", "If it was not you, set a new password at once and tell your administrator.");

    /// <summary>An authenticator app was put on.</summary>
    public static readonly SecurityNews TwoFactorOn = new("Two-factor authentication is on", "from now on your account asks for a code of your authenticator app when you sign in.");

    /// <summary>The authenticator app was taken off.</summary>
    public static readonly SecurityNews TwoFactorOff = new("Two-factor authentication is off", "your account no longer asks for a code when you sign in. The password alone is enough now.");

    /// <summary>New recovery codes.</summary>
    public static readonly SecurityNews RecoveryCodesMade = new("You have new recovery codes", "new recovery codes were made for your account. The old ones do not work any more.");

    /// <summary>Somebody knows the password and guesses codes.</summary>
    public static readonly SecurityNews CodesLocked = new("Somebody tried to guess your code", "somebody entered your password and then several wrong codes. Codes are not looked at for a while.", "If it was not you, somebody knows your password: change it now.");

    /// <summary>A recovery code let somebody in.</summary>
    public static SecurityNews RecoveryCodeUsed(int left) => new("A recovery code was used", $"somebody signed in to your account with a recovery code. {left} of them are left; make new ones before they run out.");

    /// <summary>A sign-in from a browser and system that the account had not been used with.</summary>
    public static SecurityNews NewDevice(string device) => new("New sign-in to your account", $"your account was signed in to with {device}, which it had not been used with before.");

    /// <summary>An API key was made.</summary>
    public static SecurityNews ApiKeyMade(string name, string organization) => new("An API key was made", $"an API key named \"{name}\" was made in your name for {organization}.", "If it was not you, revoke the key and change your password at once.");
}

/// <summary>Mails to an account's own address about its security. They cannot be switched off.</summary>
public interface ISecurityMail
{
    /// <summary>Adds the mail to a batch, to go out exactly when its other writes are there; nothing where the account is gone. Call <see cref="Sent"/> after the commit.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="by">Who did it; the mail says from which address.</param>
    /// <param name="userId">Whose account.</param>
    /// <param name="news">What happened.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task StageAsync(WriteBatch batch, Caller by, string userId, SecurityNews news, CancellationToken cancellationToken);

    /// <summary>Has what was staged sent.</summary>
    void Sent();

    /// <summary>Stores and sends the mail by itself.</summary>
    Task SendAsync(Caller by, string userId, SecurityNews news, CancellationToken cancellationToken);
}
