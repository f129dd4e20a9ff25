using Microsoft.Extensions.Options;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A connected identity as its owner sees it.</summary>
public sealed record ConnectedIdentity(string Id, string Provider, string Label, DateTimeOffset ConnectedAt, DateTimeOffset? LastUsedAt);

/// <summary>What identities at the provider open: signing in with one, connecting and disconnecting.</summary>
public sealed class OpenIdAccounts(ExternalLoginStore logins, AccountStore accounts, FinishSignIn finish, OwnIdentity own, SecurityChange change, OpenIdNewcomers newcomers)
{
    /// <summary>Signs in with an identity, or takes a newcomer in where the settings allow it.</summary>
    public async Task<Result<SignInOutcome>> EnterAsync(Caller caller, OpenIdIdentity identity, Device device, CancellationToken cancellationToken)
    {
        var login = await logins.FindAsync(identity.Issuer, identity.Subject, cancellationToken);
        if (login is null)
        {
            var made = await newcomers.TakeInAsync(caller, identity, cancellationToken);
            return made.Ok ? await finish.StartOrChallengeAsync(made.Value, caller, device, [SignInMethods.OpenIdConnect], cancellationToken) : made.Problem;
        }
        if (await accounts.GetAsync(login.UserId, cancellationToken) is not { Kind: CallerKind.Person, Suspended: false } account) { return new Problem(ProblemKind.Unauthenticated, "account_closed", "This account cannot be used. Write to support."); }
        await logins.UsedAsync(login.Id, cancellationToken);
        return await finish.StartOrChallengeAsync(account, caller, device, [SignInMethods.OpenIdConnect], cancellationToken);
    }

    /// <summary>Why the caller may not connect an identity now; null where they may.</summary>
    public async Task<Problem?> MayConnectAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.IsInPerson ? (await own.FindFreshAsync(caller, cancellationToken)).Problem : Problem.Forbidden("Only the owner of the account can connect an identity to it.");

    /// <summary>Connects an identity to the account that the way began in; the same person must still be signed in.</summary>
    public async Task<Result<Done>> ConnectAsync(Caller caller, string userId, OpenIdIdentity identity, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok || !caller.IsInPerson || found.Value.Id != userId) { return new Problem(ProblemKind.Unauthenticated, "sign_in_first", "Sign in to your account, then connect the identity in its security settings."); }
        if (await logins.FindAsync(identity.Issuer, identity.Subject, cancellationToken) is { } known)
        {
            return known.UserId == userId ? Done.Ok : Problem.Conflict("identity_taken", "This identity is connected to another account.");
        }
        var batch = new WriteBatch().Insert(Caller.Platform, OpenIdNewcomers.LoginOf(userId, identity, own.Now));
        var news = new SecurityNews("An identity was connected", "from now on an identity at your sign-in provider opens your account.");
        try { return await change.CommitAsync(batch, caller, found.Value, new AuditEntry("account.identity_connected", "user", userId, identity.Issuer), news, cancellationToken) is { } failed ? failed : Done.Ok; }
        catch (DuplicateKeyException) { return Problem.Conflict("identity_taken", "This identity was connected meanwhile."); }
    }

    /// <summary>The caller's identities.</summary>
    public async Task<Result<IReadOnlyList<ConnectedIdentity>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        ConnectedIdentity[] list = [.. (await logins.OfAsync(found.Value.Id, cancellationToken)).Select(l => new ConnectedIdentity(l.Id, newcomers.ProviderName, l.Label, l.ConnectedAt, l.LastUsedAt))];
        return list;
    }

    /// <summary>Disconnects one; not the only way into the account.</summary>
    public async Task<Result<Done>> DisconnectAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await own.FindFreshAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var mine = await logins.OfAsync(found.Value.Id, cancellationToken);
        if (mine.FirstOrDefault(l => l.Id == id) is not { } login) { return Problem.NotFound("identity"); }
        if (found.Value.PasswordHash is null && mine.Count == 1) { return Problem.Conflict("last_way_in", "This is the only way into your account. Set a password first: use \"Forgot the password?\" on the sign-in page."); }
        var batch = new WriteBatch().Delete<ExternalLogin>(Caller.Platform, login.Id);
        var news = new SecurityNews("An identity was disconnected", "an identity at your sign-in provider does not open your account any more.");
        return await change.CommitAsync(batch, caller, found.Value, new AuditEntry("account.identity_disconnected", "user", found.Value.Id, login.Issuer), news, cancellationToken) is { } failed ? failed : Done.Ok;
    }
}

/// <summary>Takes in people whom nobody knows yet, by what the provider says of them.</summary>
public sealed class OpenIdNewcomers(AccountStore accounts, IOrganizations organizations, SessionRecords records, IOptions<OpenIdConnectOptions> options)
{
    /// <summary>What the provider is called.</summary>
    public string ProviderName => options.Value.Name;

    /// <summary>Makes the account with its organization. Where the address has an account, its owner must sign in to that first; an address that is not verified decides nothing.</summary>
    public async Task<Result<Account>> TakeInAsync(Caller caller, OpenIdIdentity identity, CancellationToken cancellationToken)
    {
        if (!identity.EmailVerified || Credentials.Normalize(identity.Email) is not { } email)
        {
            return Problem.Conflict("email_unverified", "Your provider does not confirm an e-mail address for you. Sign in with your password, then connect the identity in your account's security.");
        }
        var taken = await accounts.ByEmailAsync(CallerKind.Person, email, cancellationToken) is not null;
        if (taken || !options.Value.AllowRegistration) { return NotConnected(); }
        var account = Make(identity, email);
        var batch = new WriteBatch().Insert(Caller.Platform, account).Insert(Caller.Platform, LoginOf(account.Id, identity, records.Now));
        var organization = organizations.StageNew(batch, $"{account.DisplayName()}'s organization"[..Math.Min(100, account.DisplayName().Length + 15)], account.Id, "Etc/UTC");
        var actor = caller with { Kind = CallerKind.Person, UserId = account.Id, Name = account.DisplayName() };
        records.Audit.Record(batch, actor, new AuditEntry("account.registered", "user", account.Id, $"by {identity.Issuer}", organization));
        try { await accounts.CommitAsync(batch, cancellationToken); }
        catch (DuplicateKeyException) { return NotConnected(); }
        return account;
    }

    /// <summary>The record of an identity.</summary>
    internal static ExternalLogin LoginOf(string userId, OpenIdIdentity identity, DateTimeOffset now) => new()
    {
        Id = ExternalLogin.IdOf(identity.Issuer, identity.Subject), UserId = userId, Issuer = identity.Issuer, Subject = identity.Subject,
        Label = Short(new[] { identity.Email, $"{identity.GivenName} {identity.FamilyName}".Trim(), identity.Subject }.First(text => !string.IsNullOrEmpty(text))!), ConnectedAt = now,
    };

    private Account Make(OpenIdIdentity identity, string email)
    {
        var (first, last) = (Short(identity.GivenName), Short(identity.FamilyName));
        return new Account
        {
            Kind = CallerKind.Person, Email = identity.Email!.Trim(), NormalizedEmail = email, FirstName = first, LastName = last, EmailVerified = true,
            SearchText = $"{first} {last} {email}".ToLowerInvariant(), SecurityStamp = OpaqueToken.New(), CreatedAt = records.Now,
        };
    }

    private static string Short(string text) => new([.. text.Trim().Where(c => !char.IsControl(c)).Take(100)]);

    // The same words whether the address has an account or nobody may register: the provider vouches for the address, but an account is opened by its owner.
    private static Problem NotConnected() => Problem.Conflict("identity_unknown", "No account is connected to this identity. Sign in with your password, then connect it in your account's security.");
}
