using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>Mails with links that show that an address is the person's own, and the following of such a link.</summary>
public sealed class Verification(OneTimeTokenStore tokens, AccountStore accounts, AccountMail mail, TimeProvider time, SessionAnnouncer announcer, IAudit audit)
{
    private const int MostPerHour = 3;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    /// <summary>Now, by the app's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Adds the mail to a batch; call <see cref="Sent"/> after the commit.</summary>
    public void Stage(WriteBatch batch, Account account)
    {
        var token = tokens.Stage(batch, account, TokenPurpose.VerifyEmail, Lifetime);
        mail.StageVerification(batch, account, token);
    }

    /// <summary>Has the mail sent.</summary>
    public void Sent() => mail.Sent();

    /// <summary>Sends another mail, at most three an hour. Answers the same whether the address has an account, is verified, or neither.</summary>
    public async Task<Result<Done>> ResendAsync(string? email, CancellationToken cancellationToken)
    {
        if (Credentials.Normalize(email) is not { } normalized) { return Credentials.WrongEmail(); }
        if (await accounts.ByEmailAsync(CallerKind.Person, normalized, cancellationToken) is not { EmailVerified: false, Suspended: false } account) { return Done.Ok; }
        if (await tokens.CountAsync(account.Id, TokenPurpose.VerifyEmail, Now.AddHours(-1), cancellationToken) >= MostPerHour) { return Done.Ok; }
        var batch = new WriteBatch();
        Stage(batch, account);
        await accounts.CommitAsync(batch, cancellationToken);
        Sent();
        return Done.Ok;
    }

    /// <summary>Follows the link.</summary>
    public async Task<Result<PersonView>> VerifyAsync(Caller caller, string? token, CancellationToken cancellationToken)
    {
        if (await tokens.UseAsync(token ?? "", TokenPurpose.VerifyEmail, cancellationToken) is not { } used) { return Stale(); }
        if (await accounts.VerifyAsync(used.UserId, used.Email, cancellationToken) is not { } account) { return Stale(); }
        await tokens.CancelAsync(account.Id, TokenPurpose.VerifyEmail, cancellationToken);
        await audit.RecordAsync(caller with { Kind = account.Kind, UserId = account.Id, Name = account.DisplayName() }, new AuditEntry("account.email_verified", "user", account.Id), cancellationToken);
        await announcer.ChangedAsync(account.Id, cancellationToken);
        return account.View();
    }

    private static Problem Stale() => Problem.InvalidField("token", "invalid_token", "This link was used already or is too old. Ask for a new one.");
}
