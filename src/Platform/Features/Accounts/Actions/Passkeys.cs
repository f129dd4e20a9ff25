using System.Text.Json;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A passkey as its owner sees it.</summary>
public sealed record PasskeyView(string Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool Synchronized);

/// <summary>A question to an authenticator.</summary>
/// <param name="Ceremony">Goes with the answer.</param>
/// <param name="Options">For <c>navigator.credentials</c>.</param>
public sealed record PasskeyQuestion(string Ceremony, JsonElement Options);

/// <summary>An authenticator's answer.</summary>
/// <param name="Ceremony">Names the question.</param>
/// <param name="Credential">What <c>navigator.credentials</c> returned, as JSON.</param>
public sealed record PasskeyAnswer(string Ceremony, JsonElement Credential);

/// <summary>What comes of a new passkey.</summary>
/// <param name="RecoveryCodes">Shown once, where the account had none: without them a lost passkey would lock its owner out. Null where there are some.</param>
public sealed record PasskeyAdded(IReadOnlyList<string>? RecoveryCodes);

/// <summary>A new passkey.</summary>
/// <param name="Ceremony">Names the question.</param>
/// <param name="Credential">What <c>navigator.credentials.create</c> returned, as JSON.</param>
/// <param name="Name">What its owner calls it.</param>
public sealed record NewPasskeyRequest(string Ceremony, JsonElement Credential, string Name);

/// <summary>What a check of an answer found: the credential, with the counter of now.</summary>
public sealed record ProvedPasskey(byte[] CredentialId, byte[] PublicKey, long SignCount, IReadOnlyList<string> Transports, bool IsBackupEligible, bool IsBackedUp);

/// <summary>Asks authenticators and checks their answers (WebAuthn); the framework's own check, bound to this site's origin.</summary>
public interface IPasskeyChecks
{
    /// <summary>What to ask for a new passkey: the options for the browser, and the state for the check.</summary>
    Task<(string Options, string State)> AskNewAsync(string accountId, string email, string name);

    /// <summary>What to ask for a sign-in: any passkey of this site.</summary>
    Task<(string Options, string State)> AskAsync();

    /// <summary>Checks a new passkey; null where it proves nothing.</summary>
    Task<ProvedPasskey?> CheckNewAsync(string credential, string state, string accountId);

    /// <summary>Checks a sign-in; null where it proves nothing.</summary>
    Task<(string AccountId, ProvedPasskey Passkey)?> CheckAsync(string credential, string state);
}

/// <summary>One's own passkeys: made, named, removed. Making and removing ask for a fresh confirmation.</summary>
public sealed class Passkeys(OwnIdentity own, PasskeyStore store, IPasskeyChecks checks, SecurityChange change, SessionStore sessions, FirstRecoveryCodes recovery)
{
    private const int LongestName = 60;

    /// <summary>The caller's.</summary>
    public async Task<Result<IReadOnlyList<PasskeyView>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        PasskeyView[] list = [.. (await store.OfAsync(found.Value.Id, cancellationToken)).Select(p => new PasskeyView(p.Id, p.Name, p.CreatedAt, p.LastUsedAt, p.IsBackedUp))];
        return list;
    }

    /// <summary>Asks the browser for a new one.</summary>
    public async Task<Result<PasskeyQuestion>> BeginAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindFreshAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if ((await store.OfAsync(found.Value.Id, cancellationToken)).Count >= PasskeyStore.Most) { return Problem.Conflict("too_many_passkeys", $"An account has at most {PasskeyStore.Most} passkeys. Remove one first."); }
        var (options, state) = await checks.AskNewAsync(found.Value.Id, found.Value.Email, found.Value.DisplayName());
        return new PasskeyQuestion(await store.AskAsync(found.Value.Id, caller.Kind, making: true, state, cancellationToken), JsonDocument.Parse(options).RootElement);
    }

    /// <summary>Keeps a new one. The session counts as signed in with it from here: the owner has just shown it.</summary>
    public async Task<Result<PasskeyAdded>> AddAsync(Caller caller, NewPasskeyRequest request, CancellationToken cancellationToken)
    {
        var found = await own.FindFreshAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if (Wrong(request.Name) is { } wrong) { return wrong; }
        if (await store.TakeAsync(request.Ceremony, caller.Kind, making: true, cancellationToken) is not { } asked || asked.UserId != found.Value.Id) { return Stale(); }
        if (await checks.CheckNewAsync(request.Credential.GetRawText(), asked.State, found.Value.Id) is not { } proved) { return Refused(); }
        var passkey = new Passkey
        {
            Id = Passkey.IdOf(proved.CredentialId), UserId = found.Value.Id, Name = request.Name.Trim(), CredentialId = Convert.ToBase64String(proved.CredentialId), PublicKey = Convert.ToBase64String(proved.PublicKey),
            SignCount = proved.SignCount, Transports = proved.Transports, IsBackupEligible = proved.IsBackupEligible, IsBackedUp = proved.IsBackedUp, CreatedAt = own.Now,
        };
        var batch = new WriteBatch().Insert(Caller.Platform, passkey);
        var codes = await recovery.StageAsync(batch, found.Value, own.Now, cancellationToken);
        var entry = new AuditEntry("passkey.added", "user", found.Value.Id, codes is null ? "" : "with first recovery codes") { Changes = [new AuditChange("passkey", null, passkey.Name)] };
        var news = new SecurityNews("A passkey was added", $"a passkey named \"{passkey.Name}\" was added to your account. It opens the account without the password.");
        try { if (await change.CommitAsync(batch, caller, found.Value, entry, news, cancellationToken) is { } failed) { return failed; } }
        catch (DuplicateKeyException) { return Problem.Conflict("passkey_known", "This passkey is in use already."); }
        await sessions.AddMethodAsync(caller.SessionId!, SignInMethods.Passkey, own.Now, cancellationToken);
        await change.AnnounceAsync(caller, cancellationToken);
        return new PasskeyAdded(codes);
    }

    /// <summary>Gives another name.</summary>
    public async Task<Result<Done>> RenameAsync(Caller caller, string id, string name, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if (Wrong(name) is { } wrong) { return wrong; }
        if ((await store.OfAsync(found.Value.Id, cancellationToken)).FirstOrDefault(p => p.Id == id) is not { } before) { return Problem.NotFound("passkey"); }
        if (await store.RenameAsync(found.Value.Id, id, name.Trim(), cancellationToken) is null) { return Problem.NotFound("passkey"); }
        await change.RecordAsync(caller, new AuditEntry("passkey.renamed", "user", found.Value.Id) { Changes = [new AuditChange("passkey", before.Name, name.Trim())] }, cancellationToken);
        return Done.Ok;
    }

    /// <summary>Removes one; not the only way into the account.</summary>
    public async Task<Result<Done>> RemoveAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await own.FindFreshAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var mine = await store.OfAsync(found.Value.Id, cancellationToken);
        if (mine.FirstOrDefault(p => p.Id == id) is not { } passkey) { return Problem.NotFound("passkey"); }
        if (found.Value.PasswordHash is null && mine.Count == 1) { return Problem.Conflict("last_way_in", "This is the only way into your account. Set a password first."); }
        var entry = new AuditEntry("passkey.removed", "user", found.Value.Id) { Changes = [new AuditChange("passkey", passkey.Name, null)] };
        var news = new SecurityNews("A passkey was removed", $"the passkey \"{passkey.Name}\" does not open your account any more.");
        var batch = new WriteBatch().Delete<Passkey>(Caller.Platform, passkey.Id);
        if (await change.CommitAsync(batch, caller, found.Value, entry, news, cancellationToken) is { } failed) { return failed; }
        // Without any, no session counts as two factors by one.
        if (mine.Count == 1) { await sessions.ForgetMethodAsync(found.Value.Id, SignInMethods.Passkey, cancellationToken); }
        await change.AnnounceAsync(caller, cancellationToken);
        return Done.Ok;
    }

    /// <summary>An answer that came too late or twice.</summary>
    internal static Problem Stale() => Problem.Conflict("passkey_expired", "This took too long, or was used already. Try again.");

    /// <summary>An answer that proves nothing.</summary>
    internal static Problem Refused() => new(ProblemKind.Unauthenticated, "invalid_passkey", "This passkey was not accepted. Try again, or use another way to sign in.");

    private static Problem? Wrong(string name) => string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName || name.Any(char.IsControl)
        ? Problem.InvalidField("name", "invalid_name", $"Give the passkey a name of at most {LongestName} characters, such as the device's.") : null;
}
