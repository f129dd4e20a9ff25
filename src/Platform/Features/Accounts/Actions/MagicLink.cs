using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>Asks for a link that signs in. Only for those who need no password: clients, and accounts without one.</summary>
public sealed class AskForLink(OneTimeTokenStore tokens, AccountStore accounts, LinkAccounts eligible, MagicLinkMail mail, IAudit audit, TimeProvider time)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const int MostPerHour = 5;

    /// <summary>Sends the link where there is such an account, at most five an hour; answers the same in any case.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string? email, CancellationToken cancellationToken)
    {
        if (Credentials.Normalize(email) is not { } normalized) { return Credentials.WrongEmail(); }
        if (await accounts.ByEmailAsync(CallerKind.Person, normalized, cancellationToken) is not { } account || !await eligible.MaySignInAsync(account, cancellationToken)) { return Done.Ok; }
        if (await tokens.CountAsync(account.Id, TokenPurpose.MagicLink, time.GetUtcNow().AddHours(-1), cancellationToken) >= MostPerHour) { return Done.Ok; }
        var batch = new WriteBatch();
        audit.Record(batch, caller, new AuditEntry("sign_in.link_asked", "user", account.Id));
        mail.Stage(batch, account, tokens.Stage(batch, account, TokenPurpose.MagicLink, Lifetime));
        await accounts.CommitAsync(batch, cancellationToken);
        mail.Sent();
        return Done.Ok;
    }
}

/// <summary>Signs in by a mailed link, once. A second factor of the account is still asked for.</summary>
public sealed class SignInByLink(OneTimeTokenStore tokens, AccountStore accounts, LinkAccounts eligible, FinishSignIn finish)
{
    /// <summary>Uses the link.</summary>
    public async Task<Result<SignInOutcome>> RunAsync(Caller caller, string? token, Device device, CancellationToken cancellationToken)
    {
        if (await tokens.UseAsync(token ?? "", TokenPurpose.MagicLink, cancellationToken) is not { } used) { return Stale(); }
        // The link came by mail to the address: following it shows that the address is the person's own. The rules are asked again, a role may have changed meanwhile.
        if (await accounts.VerifyAsync(used.UserId, used.Email, cancellationToken) is not { } account || !await eligible.MaySignInAsync(account, cancellationToken)) { return Stale(); }
        await tokens.CancelAsync(account.Id, TokenPurpose.MagicLink, cancellationToken);
        return await finish.StartOrChallengeAsync(account, caller, device, [SignInMethods.MagicLink], cancellationToken);
    }

    private static Problem Stale() => Problem.InvalidField("token", "invalid_token", "This link was used already or is too old. Ask for a new one.");
}

/// <summary>Which accounts sign in by mailed links: those without a password, and those that are a client wherever they are a member.</summary>
public sealed class LinkAccounts(IOrganizations organizations)
{
    /// <summary>Whether this one does.</summary>
    public async Task<bool> MaySignInAsync(Account account, CancellationToken cancellationToken)
    {
        if (account.Suspended || account.Kind != CallerKind.Person) { return false; }
        if (account.PasswordHash is null) { return true; }
        var places = await organizations.OfUserAsync(account.Id, cancellationToken);
        return places.Count > 0 && places.All(p => p.Role == Role.Client);
    }
}

/// <summary>The mail with the link.</summary>
public sealed class MagicLinkMail(IMailer mailer, IJobQueue jobs, PublicLinks links)
{
    /// <summary>Adds it to a batch.</summary>
    public void Stage(WriteBatch batch, Account account, string token) => mailer.Send(batch, Caller.Platform, new Mail(
        account.Email,
        "Your link to sign in",
        [account.FirstName.Length > 0 ? $"Hello {account.FirstName}," : "Hello,", "here is your link to sign in. It works once, for 15 minutes.", "If you did not ask for it, do nothing."],
        "Sign in",
        links.To($"/sign-in/link?token={token}")));

    /// <summary>Has it sent, after the commit.</summary>
    public void Sent() => jobs.Wake();
}
