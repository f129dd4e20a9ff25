using System.Text.Json;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>The second factor of a sign-in; one of the three.</summary>
/// <param name="Challenge">What the first step answered.</param>
/// <param name="Code">A code of the authenticator app.</param>
/// <param name="RecoveryCode">A recovery code.</param>
/// <param name="Passkey">What the browser's authenticator answered.</param>
public sealed record VerifySignInRequest(string Challenge, string? Code = null, string? RecoveryCode = null, JsonElement? Passkey = null);

/// <summary>
/// Takes the second factor. Five wrong ones in a row lock the account's second step for a quarter of an hour, over all challenges, and each is counted
/// before it is looked at; a right password does not forget them. Only who knows the first factor can bring that about.
/// </summary>
public sealed class VerifySignIn(SignInChallengeStore challenges, SecondFactors factors, AccountStore accounts, FailureStore failures, FinishSignIn finish, SignInAftermath aftermath)
{
    /// <summary>The challenge, for the page that asks; a problem where it is over.</summary>
    public async Task<Result<SecondFactorDue>> LookAsync(CallerKind kind, string? token, CancellationToken cancellationToken) =>
        await challenges.LookAsync(kind, token ?? "", cancellationToken) is { } challenge
            ? new SecondFactorDue(token!, challenge.Methods, (int)SignInChallengeStore.Lifetime.TotalSeconds)
            : Over();

    /// <summary>Finishes the sign-in.</summary>
    public async Task<Result<Grant>> RunAsync(CallerKind kind, Caller caller, VerifySignInRequest request, Device device, CancellationToken cancellationToken)
    {
        if (await challenges.TryAsync(kind, request.Challenge ?? "", cancellationToken) is not { } challenge) { return Over(); }
        if (await accounts.GetAsync(challenge.UserId, cancellationToken) is not { Suspended: false } account || account.SecurityStamp != challenge.SecurityStamp) { return Over(); }
        if (await failures.TakeCodeAsync(account.Id, cancellationToken) is { } left) { return Locked(left); }
        var method = await factors.AcceptAsync(account, new SecondFactorAnswer(request.Code, request.RecoveryCode, request.Passkey), challenge, cancellationToken);
        if (method is null) { return await FailedAsync(account, challenge, caller, cancellationToken); }
        if (!await challenges.UseAsync(challenge, cancellationToken)) { return Over(); }
        await failures.ClearCodesAsync(account.Id, cancellationToken);
        return await finish.StartAsync(account, caller, device, [.. challenge.FirstMethods, method], cancellationToken);
    }

    private async Task<Problem> FailedAsync(Account account, SignInChallenge challenge, Caller caller, CancellationToken cancellationToken)
    {
        var locked = await failures.LockCodesAsync(account.Id, cancellationToken);
        await aftermath.CodeFailedAsync(account, caller, locked, cancellationToken);
        return challenge.Tries >= SignInChallengeStore.MostTries ? Over() : Wrong();
    }

    /// <summary>A wrong code.</summary>
    internal static Problem Wrong() => new(ProblemKind.Unauthenticated, "invalid_code", "This code is not right, or was used already. Try the next one.");

    /// <summary>Too many wrong codes.</summary>
    internal static Problem Locked(TimeSpan left) =>
        new(ProblemKind.TooManyRequests, "locked_out", $"Too many wrong codes. Try again in {Math.Max(1, (int)Math.Ceiling(left.TotalMinutes))} minutes.") { RetryAfter = left };

    private static Problem Over() => new(ProblemKind.Unauthenticated, "invalid_challenge", "This sign-in took too long or was tried too often. Start again.");
}
