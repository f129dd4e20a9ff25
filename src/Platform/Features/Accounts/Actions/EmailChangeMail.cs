using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>The mails of a change of the address.</summary>
public sealed class EmailChangeMail(IMailer mailer, SecurityMail security, PublicLinks links, SessionAnnouncer announcer)
{
    /// <summary>Asks the new address; where it has an account already, tells only its owner so.</summary>
    public void StageToNew(WriteBatch batch, Account account, string newEmail, string? token)
    {
        var mail = token is null
            ? new Mail(newEmail, "You have an account already", ["Hello,", "somebody, perhaps you, wants to use this address for another account. It has an account of its own, so nothing was changed.", "If it was not you, do nothing."])
            : new Mail(newEmail, "Confirm your new e-mail address", ["Hello,", $"please confirm that the account of {account.DisplayName()} shall use this address. The link works for one day.", "If you know nothing of it, do nothing."], "Confirm the address", links.To($"/confirm-email?token={token}"));
        mailer.Send(batch, Caller.Platform, mail);
    }

    /// <summary>Asks the old address, and lets it stop the change.</summary>
    public void StageToOld(WriteBatch batch, Caller by, Account account, string newEmail, string confirm, string cancel)
    {
        var from = by.Address is { Length: > 0 } address ? $" from the address {address}" : "";
        mailer.Send(batch, Caller.Platform, new Mail(
            account.Email,
            "Confirm that your address changes",
            [
                "Hello,", $"somebody signed in to your account{from} and asked that it use {newEmail} from now on.", "If it was you, confirm it here within one day; the new address is asked too.",
                $"If it was not you, stop it here and change your password: {links.To($"/cancel-email?token={cancel}")}",
            ],
            "Confirm the change",
            links.To($"/confirm-email?token={confirm}")));
    }

    /// <summary>Tells both addresses that it is done.</summary>
    public void StageChanged(WriteBatch batch, Caller by, Account before, string newEmail)
    {
        var news = new SecurityNews("Your e-mail address was changed", $"the address of your account is now {newEmail}.", "If it was not you, write to support at once.");
        security.Stage(batch, by, before, before.Email, news);
        security.Stage(batch, by, before, newEmail, news);
    }

    /// <summary>Has what was staged sent.</summary>
    public void Sent() => security.Sent();

    /// <summary>Lets open pages see the new address.</summary>
    public Task AnnounceAsync(string userId, CancellationToken cancellationToken) => announcer.ChangedAsync(userId, cancellationToken);
}
