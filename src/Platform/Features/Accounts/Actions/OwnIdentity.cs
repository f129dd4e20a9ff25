using Platform.Features.Accounts.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Finds the account that a security setting is about: the caller's own, in person. API keys and staff who act as a customer get nowhere here,
/// whatever route they come by.
/// </summary>
public sealed class OwnIdentity(AccountStore accounts, SessionStore sessions, TimeProvider time)
{
    /// <summary>How long after a sign-in or a confirmation security settings may be changed.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(15);

    /// <summary>Now, by the app's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The caller's account.</summary>
    public async Task<Result<Account>> FindAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!(caller.IsInPerson || caller is { Kind: CallerKind.Staff, ApiKeyId: null }) || caller is not { UserId: { } id, SessionId: not null })
        {
            return Problem.Forbidden("Only the owner of the account can do this, signed in as themself.");
        }
        return await accounts.GetAsync(id, cancellationToken) is { Suspended: false } account && account.Kind == caller.Kind ? account : Problem.NotFound("account");
    }

    /// <summary>The caller's account, where they showed in the last quarter of an hour who they are.</summary>
    public async Task<Result<Account>> FindFreshAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, cancellationToken);
        return !found.Ok || await IsFreshAsync(caller, cancellationToken) ? found : Stale();
    }

    /// <summary>Whether the session's owner showed in the last quarter of an hour who they are.</summary>
    public async Task<bool> IsFreshAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.SessionId is { } id && await sessions.GetAsync(id, cancellationToken) is { RevokedAt: null } session && session.UserId == caller.UserId && (session.VerifiedAt ?? session.CreatedAt) > Now - FreshFor;

    private static Problem Stale() => new(ProblemKind.Forbidden, "reauthentication_required", "Confirm first that it is you: enter your password or a code, then try again.");
}
