using Platform.Features.Accounts.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>The mails that staff get about their accounts.</summary>
public sealed class StaffMail(IMailer mailer, OneTimeTokenStore tokens, IJobQueue jobs, PublicLinks links)
{
    /// <summary>How long an invitation's link works.</summary>
    public static readonly TimeSpan InvitationLife = TimeSpan.FromDays(3);

    /// <summary>Adds the mail with the link that sets the first password.</summary>
    public void StageInvitation(WriteBatch batch, Account account, string by)
    {
        var token = tokens.Stage(batch, account, TokenPurpose.ResetPassword, InvitationLife);
        mailer.Send(batch, Caller.Platform, new Mail(
            account.Email,
            "Your staff account",
            [$"Hello {account.DisplayName()},", $"{by} made a staff account for you. Set your password; the link works once, for three days.", "If you do not know what this is about, do nothing."],
            "Set your password",
            links.To($"/admin/reset-password?token={token}")));
    }

    /// <summary>Adds the mail that tells of a change that a colleague made to the account.</summary>
    public void StageChanged(WriteBatch batch, Account account, string by, string what) => mailer.Send(batch, Caller.Platform, new Mail(
        account.Email,
        "Your staff account was changed",
        [$"Hello {account.DisplayName()},", $"{by} {what}", "If you did not expect this, tell a SuperAdmin at once."],
        "Sign in",
        links.To("/admin/sign-in")));

    /// <summary>Has what was staged sent, after the commit.</summary>
    public void Sent() => jobs.Wake();
}
