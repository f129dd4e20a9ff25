using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A sign-in that waits for its second factor.</summary>
/// <param name="Token">Names it in the second request.</param>
/// <param name="Methods">What the person may answer with; see <see cref="SignInMethods"/>.</param>
/// <param name="ExpiresIn">Its life in seconds.</param>
public sealed record SecondFactorDue(string Token, IReadOnlyList<string> Methods, int ExpiresIn);

/// <summary>What a right first factor leads to: a session, or the question for a second factor. Exactly one is set.</summary>
public sealed record SignInOutcome(Grant? Grant, SecondFactorDue? Due);

/// <summary>
/// The end of every way in (password, passkey, OpenID Connect, magic link): starts the session, or asks for the second factor where the account has one
/// and the way in was only one. Nothing else starts a session for an account that exists, but for registration.
/// </summary>
public sealed class FinishSignIn(SecondFactors factors, SignInChallengeStore challenges, Sessions sessions, SignInAftermath aftermath)
{
    /// <summary>Starts the session, or stores the challenge.</summary>
    /// <param name="account">Who showed the first factor; not suspended.</param>
    /// <param name="caller">Where the request came from.</param>
    /// <param name="device">What it came from.</param>
    /// <param name="methods">How the person showed who they are so far; see <see cref="SignInMethods"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SignInOutcome> StartOrChallengeAsync(Account account, Caller caller, Device device, IReadOnlyList<string> methods, CancellationToken cancellationToken)
    {
        var second = SignInMethods.AreTwoFactors(methods) ? [] : await factors.MethodsAsync(account, cancellationToken);
        if (second.Count == 0) { return new SignInOutcome(await StartAsync(account, caller, device, methods, cancellationToken), null); }
        var token = await challenges.AddAsync(account, methods, second, cancellationToken);
        return new SignInOutcome(null, new SecondFactorDue(token, second, (int)SignInChallengeStore.Lifetime.TotalSeconds));
    }

    /// <summary>Starts the session of a person who has shown all that is asked for.</summary>
    internal async Task<Grant> StartAsync(Account account, Caller caller, Device device, IReadOnlyList<string> methods, CancellationToken cancellationToken)
    {
        var grant = await sessions.StartAsync(account, caller, device, methods, cancellationToken);
        await aftermath.SucceededAsync(account, grant, caller, device, methods, cancellationToken);
        return grant;
    }
}
