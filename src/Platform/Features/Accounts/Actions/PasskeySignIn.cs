using System.Text.Json;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>Signs in with a passkey and nothing else: having it and unlocking it are two factors.</summary>
public sealed class PasskeySignIn(PasskeyStore store, IPasskeyChecks checks, PasskeyUses uses, StaffNetworks networks, FinishSignIn finish)
{
    /// <summary>Asks for any passkey of this site; says nothing of who has one.</summary>
    public async Task<Result<PasskeyQuestion>> BeginAsync(CallerKind kind, CancellationToken cancellationToken)
    {
        var (options, state) = await checks.AskAsync();
        return new PasskeyQuestion(await store.AskAsync(null, kind, making: false, state, cancellationToken), JsonDocument.Parse(options).RootElement);
    }

    /// <summary>Signs in whose passkey answered.</summary>
    public async Task<Result<SignInOutcome>> RunAsync(CallerKind kind, Caller caller, PasskeyAnswer answer, Device device, CancellationToken cancellationToken)
    {
        if (await networks.ObjectionAsync(kind, caller.Address, cancellationToken) is { } elsewhere) { return elsewhere; }
        if (await store.TakeAsync(answer.Ceremony, kind, making: false, cancellationToken) is not { UserId: null } asked) { return Passkeys.Stale(); }
        if (await uses.ProveAsync(kind, answer.Credential, asked.State, cancellationToken) is not { Suspended: false } account) { return Passkeys.Refused(); }
        return await finish.StartOrChallengeAsync(account, caller, device, [SignInMethods.Passkey], cancellationToken);
    }
}

/// <summary>Takes an authenticator's answer for what it is worth, and remembers the use.</summary>
public sealed class PasskeyUses(PasskeyStore store, AccountStore accounts, IPasskeyChecks checks)
{
    /// <summary>The account of the kind that the answer proves; null where it proves none, or the counter was used by another at the same time.</summary>
    public async Task<Account?> ProveAsync(CallerKind kind, JsonElement credential, string state, CancellationToken cancellationToken)
    {
        if (await checks.CheckAsync(credential.GetRawText(), state) is not { } proved) { return null; }
        if (await accounts.GetAsync(proved.AccountId, cancellationToken) is not { } account || account.Kind != kind) { return null; }
        if (await store.FindAsync(proved.Passkey.CredentialId, cancellationToken) is not { } passkey || passkey.UserId != account.Id) { return null; }
        return await store.UsedAsync(passkey, proved.Passkey.SignCount, proved.Passkey.IsBackedUp, cancellationToken) ? account : null;
    }
}

/// <summary>A passkey as the second step of a sign-in, or to confirm who one is. The answer names its question: <c>{ceremony, credential}</c>.</summary>
public sealed class PasskeyFactor(PasskeyStore store, PasskeyUses uses) : ISecondFactor
{
    /// <inheritdoc />
    public string Method => SignInMethods.Passkey;

    /// <inheritdoc />
    public bool IsAsked => true;

    /// <inheritdoc />
    public async Task<bool> IsReadyAsync(Account account, CancellationToken cancellationToken) => (await store.OfAsync(account.Id, cancellationToken)).Count > 0;

    /// <inheritdoc />
    public async Task<bool> AcceptsAsync(Account account, SecondFactorAnswer answer, SignInChallenge? challenge, CancellationToken cancellationToken)
    {
        if (answer.Passkey is not { ValueKind: JsonValueKind.Object } given || !given.TryGetProperty("ceremony", out var token) || token.GetString() is not { } ceremony || !given.TryGetProperty("credential", out var credential)) { return false; }
        if (await store.TakeAsync(ceremony, account.Kind, making: false, cancellationToken) is not { } asked) { return false; }
        return (await uses.ProveAsync(account.Kind, credential, asked.State, cancellationToken))?.Id == account.Id;
    }
}
