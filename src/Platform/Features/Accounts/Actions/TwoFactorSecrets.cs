using System.Globalization;
using System.Text;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Tenancy;
using QRCoder;

namespace Platform.Features.Accounts.Actions;

/// <summary>Makes, shows and checks an authenticator app's secret before it is on, and tells sessions of it.</summary>
public sealed class TwoFactorSecrets(ISecretBox box, SessionStore sessions, PublicLinks links, TimeProvider time)
{
    /// <summary>A new one: as it is shown, and as it is kept.</summary>
    public (TwoFactorSecret Shown, string Sealed) New(Account account)
    {
        var secret = Totp.NewSecret();
        // The host tells installations apart in the app's list; staff and customers of one address are two entries.
        var issuer = new Uri(links.Root).Host is { Length: > 0 } host and not "localhost" ? host : "Platform";
        var uri = Totp.Uri(account.Kind == CallerKind.Staff ? $"{issuer} staff" : issuer, account.Email, secret);
        return (new TwoFactorSecret(Base32.Encode(secret), uri, Draw(uri)), box.Seal(Convert.ToBase64String(secret), TwoFactor.AadOf(account.Id)));
    }

    /// <summary>The step of a code of a kept secret; null where it is none.</summary>
    public long? Match(Account account, string sealedSecret, string? code) =>
        Totp.Match(Convert.FromBase64String(box.Open(sealedSecret, TwoFactor.AadOf(account.Id))), code, time.GetUtcNow());

    /// <summary>The caller's session has shown the second factor.</summary>
    public Task UpgradeAsync(Caller caller, DateTimeOffset now, CancellationToken cancellationToken) => sessions.AddMethodAsync(caller.SessionId!, SignInMethods.Totp, now, cancellationToken);

    /// <summary>No session counts as two factors by an app that is off.</summary>
    public async Task DowngradeAsync(string userId, CancellationToken cancellationToken)
    {
        await sessions.ForgetMethodAsync(userId, SignInMethods.Totp, cancellationToken);
        await sessions.ForgetMethodAsync(userId, SignInMethods.RecoveryCode, cancellationToken);
    }

    private static QrPicture Draw(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        // The matrix comes with a quiet zone of its own.
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < data.ModuleMatrix[y].Length; x++) { if (data.ModuleMatrix[y][x]) { path.Append(CultureInfo.InvariantCulture, $"M{x},{y}h1v1h-1z"); } }
        }
        return new QrPicture(data.ModuleMatrix.Count, path.ToString());
    }
}
