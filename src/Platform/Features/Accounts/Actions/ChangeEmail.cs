using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>The address that an account shall have.</summary>
public sealed record ChangeEmailRequest(string Email);

/// <summary>A change that waits.</summary>
/// <param name="NewEmail">The address it shall be.</param>
/// <param name="NewConfirmed">Whether the new address said yes.</param>
/// <param name="OldConfirmed">Whether the old address said yes.</param>
/// <param name="ExpiresAt">Until when both must have.</param>
public sealed record EmailChangeView(string NewEmail, bool NewConfirmed, bool OldConfirmed, DateTimeOffset ExpiresAt);

/// <summary>What following a link led to.</summary>
/// <param name="Changed">Whether the account has the new address now.</param>
/// <param name="WaitingFor">Whose mail must still be followed: new or old; null where none.</param>
public sealed record EmailConfirmed(bool Changed, string? WaitingFor);

/// <summary>
/// Changes an account's address: both the new and the old one must follow the link in their mail within a day, and the old one's mail can stop it. Asking for
/// an address that has an account looks no different to who asks; only the owner of that address is told.
/// </summary>
public sealed class ChangeEmail(OwnIdentity own, AccountStore accounts, EmailChangeStore changes, OneTimeTokenStore tokens, EmailChangeMail mail, IAudit audit)
{
    private const int MostPerHour = 3;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>The change that waits; null in it where none does.</summary>
    public async Task<Result<EmailChangeView?>> PendingAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        return await changes.GetAsync(found.Value.Id, cancellationToken) is { } change ? View(change) : (EmailChangeView?)null;
    }

    /// <summary>Asks both addresses.</summary>
    public async Task<Result<EmailChangeView>> BeginAsync(Caller caller, ChangeEmailRequest request, CancellationToken cancellationToken)
    {
        var found = await own.FindFreshAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var account = found.Value;
        if (Credentials.Normalize(request.Email) is not { } email) { return Credentials.WrongEmail(); }
        if (email == account.NormalizedEmail) { return Problem.InvalidField("email", "same_email", "This is the address you have."); }
        if (await tokens.CountAsync(account.Id, TokenPurpose.ConfirmNewEmail, own.Now.AddHours(-1), cancellationToken) >= MostPerHour) { return TooMany(); }
        // An address that was never confirmed may be somebody else's by a slip: it has no say.
        var change = new EmailChange { Id = account.Id, NewEmail = request.Email.Trim(), NormalizedNewEmail = email, ExpiresAt = own.Now + Lifetime, OldConfirmedAt = account.EmailVerified ? null : own.Now };
        await changes.StartAsync(change, cancellationToken);
        await AskAsync(caller, account, change, cancellationToken);
        return View(change);
    }

    /// <summary>Follows a link of one of the two mails.</summary>
    public async Task<Result<EmailConfirmed>> ConfirmAsync(Caller caller, string? token, CancellationToken cancellationToken)
    {
        var byNew = await tokens.UseAsync(token ?? "", TokenPurpose.ConfirmNewEmail, cancellationToken);
        var used = byNew ?? await tokens.UseAsync(token ?? "", TokenPurpose.ConfirmOldEmail, cancellationToken);
        if (used is null || await changes.ConfirmAsync(used.UserId, used.Email, byNew is not null, cancellationToken) is not { } change) { return Stale(); }
        return (change.NewConfirmedAt, change.OldConfirmedAt) switch
        {
            (null, _) => new EmailConfirmed(false, "new"),
            (_, null) => new EmailConfirmed(false, "old"),
            _ => await ApplyAsync(caller, change, cancellationToken),
        };
    }

    /// <summary>Stops the change, by the old address's link.</summary>
    public async Task<Result<Done>> CancelAsync(Caller caller, string? token, CancellationToken cancellationToken)
    {
        if (await tokens.UseAsync(token ?? "", TokenPurpose.CancelEmail, cancellationToken) is not { } used) { return Stale(); }
        return await EndAsync(caller with { UserId = used.UserId }, cancellationToken);
    }

    /// <summary>Stops the change, as the signed-in owner.</summary>
    public async Task<Result<Done>> CancelAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        return found.Ok ? await EndAsync(caller, cancellationToken) : found.Problem;
    }

    private async Task<Result<Done>> EndAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!await changes.EndAsync(caller.UserId!, cancellationToken)) { return Problem.NotFound("change of the address"); }
        await CancelTokensAsync(caller.UserId!, cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry("account.email_change_cancelled", "user", caller.UserId!), cancellationToken);
        return Done.Ok;
    }

    private async Task AskAsync(Caller caller, Account account, EmailChange change, CancellationToken cancellationToken)
    {
        await CancelTokensAsync(account.Id, cancellationToken);
        var taken = await accounts.ByEmailAsync(account.Kind, change.NormalizedNewEmail, cancellationToken) is not null;
        // Tokens carry the new address, so that those of an earlier change cannot confirm this one.
        var about = account with { NormalizedEmail = change.NormalizedNewEmail };
        var batch = new WriteBatch();
        var forNew = tokens.Stage(batch, about, TokenPurpose.ConfirmNewEmail, Lifetime);
        mail.StageToNew(batch, account, change.NewEmail, taken ? null : forNew);
        if (change.OldConfirmedAt is null)
        {
            mail.StageToOld(batch, caller, account, change.NewEmail, tokens.Stage(batch, about, TokenPurpose.ConfirmOldEmail, Lifetime), tokens.Stage(batch, about, TokenPurpose.CancelEmail, Lifetime));
        }
        audit.Record(batch, caller, new AuditEntry("account.email_change_asked", "user", account.Id) { Changes = [new AuditChange("email", account.Email, change.NewEmail)] });
        await accounts.CommitAsync(batch, cancellationToken);
        mail.Sent();
    }

    private async Task<Result<EmailConfirmed>> ApplyAsync(Caller caller, EmailChange change, CancellationToken cancellationToken)
    {
        if (await accounts.GetAsync(change.Id, cancellationToken) is not { Suspended: false } account) { return Stale(); }
        var moved = account with { Email = change.NewEmail, NormalizedEmail = change.NormalizedNewEmail, EmailVerified = true, SearchText = Account.SearchTextOf(account.FirstName, account.LastName, change.NormalizedNewEmail) };
        var batch = new WriteBatch().Replace(Caller.Platform, moved).Delete<EmailChange>(Caller.Platform, change.Id);
        mail.StageChanged(batch, caller, account, change.NewEmail);
        var owner = caller with { Kind = account.Kind, UserId = account.Id, Name = account.DisplayName() };
        audit.Record(batch, owner, new AuditEntry("account.email_changed", "user", account.Id) { Changes = [new AuditChange("email", account.Email, change.NewEmail)] });
        try { if (!await accounts.CommitAsync(batch, cancellationToken)) { return Problem.Conflict("email_change_raced", "It was changed meanwhile. Look at your account, and ask again if it is not the new address."); } }
        catch (DuplicateKeyException) { return Problem.Conflict("email_taken", "There is an account with the new address by now."); }
        mail.Sent();
        await CancelTokensAsync(account.Id, cancellationToken);
        await mail.AnnounceAsync(account.Id, cancellationToken);
        return new EmailConfirmed(true, null);
    }

    private async Task CancelTokensAsync(string userId, CancellationToken cancellationToken)
    {
        foreach (var purpose in (TokenPurpose[])[TokenPurpose.ConfirmOldEmail, TokenPurpose.CancelEmail]) { await tokens.CancelAsync(userId, purpose, cancellationToken); }
    }

    private static EmailChangeView View(EmailChange change) => new(change.NewEmail, change.NewConfirmedAt is not null, change.OldConfirmedAt is not null, change.ExpiresAt);

    private static Problem Stale() => Problem.InvalidField("token", "invalid_token", "This link was used already, is too old, or belongs to a change that was stopped.");

    private static Problem TooMany() => new(ProblemKind.TooManyRequests, "too_many_mails", "Too many mails in an hour. Try again later.") { RetryAfter = TimeSpan.FromHours(1) };
}
