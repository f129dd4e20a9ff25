using Platform.Features.Accounts.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>The mails of this feature.</summary>
public sealed class AccountMail(IMailer mailer, IJobQueue jobs, PublicLinks links)
{
    /// <summary>Adds the mail that asks a person to confirm their address.</summary>
    public void StageVerification(WriteBatch batch, Account account, string token) => mailer.Send(batch, Caller.Platform, new Mail(
        account.Email,
        "Confirm your e-mail address",
        [Greeting(account), "please confirm that this address is yours. The link works for two days.", "If you did not sign up, do nothing."],
        "Confirm the address",
        links.To($"/verify-email?token={token}")));

    /// <summary>Adds the mail with the link that sets a new password.</summary>
    public void StageReset(WriteBatch batch, Account account, string token) => mailer.Send(batch, Caller.Platform, new Mail(
        account.Email,
        "Set a new password",
        [Greeting(account), "somebody, hopefully you, asked for a new password. The link works once, for one hour.", "If it was not you, do nothing: the old password stays good."],
        "Set a new password",
        links.To($"{(account.Kind == CallerKind.Staff ? "/admin" : "")}/reset-password?token={token}")));

    /// <summary>Has what was staged sent, after the commit.</summary>
    public void Sent() => jobs.Wake();

    private static string Greeting(Account account) => account.FirstName.Length > 0 ? $"Hello {account.FirstName}," : "Hello,";
}
