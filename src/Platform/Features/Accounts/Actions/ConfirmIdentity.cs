using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>Shows once more who one is; one of the three.</summary>
/// <param name="Password">The password.</param>
/// <param name="Code">A code of the authenticator app.</param>
/// <param name="Passkey">What the browser's authenticator answered.</param>
public sealed record ConfirmIdentityRequest(string? Password = null, string? Code = null, JsonElement? Passkey = null);

/// <summary>Whether the caller has shown lately who they are, and by what they can.</summary>
public sealed record IdentityState(bool Fresh, IReadOnlyList<string> Methods);

/// <summary>Lets a signed-in person show once more who they are, which security settings ask for. Wrong answers count as at the sign-in.</summary>
public sealed class ConfirmIdentity(OwnIdentity own, SessionStore sessions, FailureStore failures, IPasswordHasher<Account> hasher, SecondFactors factors, IOptions<AccountsOptions> options)
{
    /// <summary>Where the caller stands.</summary>
    public async Task<Result<IdentityState>> StateAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        // A recovery code is for a lost device; confirming does not use one up.
        var second = (await factors.MethodsAsync(found.Value, cancellationToken)).Where(m => m != SignInMethods.RecoveryCode);
        string[] first = found.Value.PasswordHash is null ? [] : [SignInMethods.Password];
        return new IdentityState(await own.IsFreshAsync(caller, cancellationToken), [.. first, .. second]);
    }

    /// <summary>Confirms; good for a quarter of an hour in this session.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, ConfirmIdentityRequest request, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var wrong = request.Password is { Length: > 0 } password
            ? await CheckPasswordAsync(found.Value, password, cancellationToken)
            : await CheckSecondAsync(found.Value, new SecondFactorAnswer(request.Code, null, request.Passkey), cancellationToken);
        if (wrong is not null) { return wrong; }
        await sessions.ConfirmAsync(caller.SessionId!, own.Now, cancellationToken);
        return Done.Ok;
    }

    /// <summary>What the account can answer with when a second factor is due; empty where none is.</summary>
    internal Task<IReadOnlyList<string>> SecondFactorsAsync(Account account, CancellationToken cancellationToken) => factors.MethodsAsync(account, cancellationToken);

    /// <summary>What is wrong with a password of a signed-in person; null where nothing is. Counted as at the sign-in.</summary>
    internal async Task<Problem?> CheckPasswordAsync(Account account, string password, CancellationToken cancellationToken, string field = "password")
    {
        if (await failures.LockedForAsync(account.Kind, KeyOf(account), cancellationToken) is { } left) { return SignIn.Locked(left); }
        if (account.PasswordHash is { } hash && hasher.VerifyHashedPassword(account, hash, password) != PasswordVerificationResult.Failed)
        {
            await failures.ClearAsync(account.Kind, KeyOf(account), cancellationToken);
            return null;
        }
        await failures.AddAsync(account.Kind, KeyOf(account), options.Value.LockoutFailures, cancellationToken);
        return Problem.InvalidField(field, "wrong_password", "This is not your password.");
    }

    // A count of its own: strangers at the sign-in must not be able to lock a signed-in person's settings.
    private static string KeyOf(Account account) => $"{account.NormalizedEmail}|confirm";

    /// <summary>What is wrong with a second factor of a signed-in person; null where nothing is.</summary>
    internal async Task<Problem?> CheckSecondAsync(Account account, SecondFactorAnswer answer, CancellationToken cancellationToken)
    {
        if (await failures.TakeCodeAsync(account.Id, cancellationToken) is { } left) { return VerifySignIn.Locked(left); }
        if (await factors.AcceptAsync(account, answer, null, cancellationToken) is not null)
        {
            await failures.ClearCodesAsync(account.Id, cancellationToken);
            return null;
        }
        await failures.LockCodesAsync(account.Id, cancellationToken);
        return Problem.InvalidField("code", "invalid_code", "This code is not right, or was used already. Try the next one.");
    }
}
