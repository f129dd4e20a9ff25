using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>What a person shows as a second factor; one of them.</summary>
/// <param name="Code">A code of the authenticator app.</param>
/// <param name="RecoveryCode">A recovery code.</param>
/// <param name="Passkey">What the browser's authenticator answered.</param>
public sealed record SecondFactorAnswer(string? Code = null, string? RecoveryCode = null, JsonElement? Passkey = null);

/// <summary>A way to show a second factor.</summary>
public interface ISecondFactor
{
    /// <summary>Its name; see <see cref="SignInMethods"/>.</summary>
    string Method { get; }

    /// <summary>Whether having it makes a second factor due. A recovery code only stands in for another.</summary>
    bool IsAsked { get; }

    /// <summary>Whether the account has it.</summary>
    Task<bool> IsReadyAsync(Account account, CancellationToken cancellationToken);

    /// <summary>Whether the answer is right; uses up what works once. Lockout is the caller's business.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="answer">What was shown.</param>
    /// <param name="challenge">The sign-in it is for; null where a signed-in person confirms who they are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> AcceptsAsync(Account account, SecondFactorAnswer answer, SignInChallenge? challenge, CancellationToken cancellationToken);
}

/// <summary>All ways to show a second factor.</summary>
public sealed class SecondFactors(IEnumerable<ISecondFactor> factors)
{
    /// <summary>What the account can answer with; empty where no second factor is due.</summary>
    public async Task<IReadOnlyList<string>> MethodsAsync(Account account, CancellationToken cancellationToken)
    {
        var ready = new List<ISecondFactor>();
        foreach (var factor in factors) { if (await factor.IsReadyAsync(account, cancellationToken)) { ready.Add(factor); } }
        return ready.Any(f => f.IsAsked) ? [.. ready.Select(f => f.Method)] : [];
    }

    /// <summary>The method by which the answer is right; null where it is not.</summary>
    public async Task<string?> AcceptAsync(Account account, SecondFactorAnswer answer, SignInChallenge? challenge, CancellationToken cancellationToken)
    {
        foreach (var factor in factors)
        {
            if (await factor.IsReadyAsync(account, cancellationToken) && await factor.AcceptsAsync(account, answer, challenge, cancellationToken)) { return factor.Method; }
        }
        return null;
    }
}

/// <summary>Codes of an authenticator app.</summary>
public sealed class TotpFactor(TwoFactorStore store, ISecretBox box, TimeProvider time) : ISecondFactor
{
    /// <inheritdoc />
    public string Method => SignInMethods.Totp;

    /// <inheritdoc />
    public bool IsAsked => true;

    /// <inheritdoc />
    public async Task<bool> IsReadyAsync(Account account, CancellationToken cancellationToken) => await store.GetAsync(account.Id, cancellationToken) is { SealedSecret: not null };

    /// <inheritdoc />
    public async Task<bool> AcceptsAsync(Account account, SecondFactorAnswer answer, SignInChallenge? challenge, CancellationToken cancellationToken)
    {
        if (answer.Code is null || await store.GetAsync(account.Id, cancellationToken) is not { SealedSecret: { } sealedSecret }) { return false; }
        var secret = Convert.FromBase64String(box.Open(sealedSecret, TwoFactor.AadOf(account.Id)));
        return Totp.Match(secret, answer.Code, time.GetUtcNow()) is { } step && await store.UseStepAsync(account.Id, step, cancellationToken);
    }
}

/// <summary>Recovery codes, each once.</summary>
public sealed class RecoveryCodeFactor(TwoFactorStore store, IOptions<AccountsOptions> options) : ISecondFactor
{
    /// <inheritdoc />
    public string Method => SignInMethods.RecoveryCode;

    /// <inheritdoc />
    public bool IsAsked => false;

    /// <inheritdoc />
    public async Task<bool> IsReadyAsync(Account account, CancellationToken cancellationToken) => await store.GetAsync(account.Id, cancellationToken) is { RecoveryHashes.Count: > 0 };

    /// <inheritdoc />
    public async Task<bool> AcceptsAsync(Account account, SecondFactorAnswer answer, SignInChallenge? challenge, CancellationToken cancellationToken)
    {
        if (answer.RecoveryCode is null || await store.GetAsync(account.Id, cancellationToken) is not { RecoverySalt: { } salt } set) { return false; }
        var hash = RecoveryCode.Hash(answer.RecoveryCode, salt, set.RecoveryRounds);
        return hash is not null && await store.UseRecoveryAsync(account.Id, hash, cancellationToken) is not null;
    }

    /// <summary>A new set for an account's record: the codes to show once, and the record that knows their hashes.</summary>
    public (IReadOnlyList<string> Codes, TwoFactor Record) Renew(TwoFactor record, DateTimeOffset now)
    {
        var (codes, salt, rounds) = (RecoveryCode.NewSet(), RecoveryCode.NewSalt(), options.Value.PasswordIterations);
        return (codes, record with { RecoverySalt = salt, RecoveryRounds = rounds, RecoveryMadeAt = now, RecoveryHashes = [.. codes.Select(c => RecoveryCode.Hash(c, salt, rounds)!)] });
    }
}
