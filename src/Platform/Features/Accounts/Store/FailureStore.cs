using Microsoft.Extensions.Options;
using Platform.Features.Accounts.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>Wrong passwords in a row for an address, whether an account has it or not: so a lock tells nobody which addresses exist.</summary>
public sealed record SignInFailures : Document, IPlatformOwned
{
    /// <summary>How many in a row.</summary>
    public int Count { get; init; }

    /// <summary>Until when no password is looked at.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The last one.</summary>
    public required DateTimeOffset LastAt { get; init; }
}

/// <summary>Counts wrong passwords and locks.</summary>
public sealed class FailureStore(IDocumentStore store, IOptions<AccountsOptions> options, TimeProvider time)
{
    /// <summary>The collection; a day without failures forgets them.</summary>
    public static readonly Collection<SignInFailures> Collection = new Collection<SignInFailures>("sign_in_failures").Expire("old", f => f.LastAt, TimeSpan.FromDays(1));

    private IDocuments<SignInFailures> All => store.ForPlatform<SignInFailures>(Caller.Platform);

    /// <summary>How long an address stays locked; null where it is not.</summary>
    public async Task<TimeSpan?> LockedForAsync(CallerKind kind, string normalizedEmail, CancellationToken cancellationToken) =>
        await All.GetAsync(KeyOf(kind, normalizedEmail), cancellationToken) is { LockedUntil: { } until } && until > time.GetUtcNow() ? until - time.GetUtcNow() : null;

    /// <summary>Counts one; returns true where it is the one that locks.</summary>
    public async Task<bool> AddAsync(CallerKind kind, string normalizedEmail, int most, CancellationToken cancellationToken)
    {
        var (key, now) = (KeyOf(kind, normalizedEmail), time.GetUtcNow());
        var counted = await IncrementAsync(key, now, cancellationToken) ?? await InsertAsync(key, now, cancellationToken) ?? await IncrementAsync(key, now, cancellationToken);
        if (counted is null || counted.Count < most) { return false; }
        var until = now.AddMinutes(options.Value.LockoutMinutes);
        // The count starts anew: after the lock there are as many tries again, and only one of parallel failures locks.
        return await All.UpdateOneAsync(f => f.Id == key && f.Count >= most, new Update<SignInFailures>().Set(f => f.Count, 0).Set(f => f.LockedUntil, until), cancellationToken: cancellationToken) is not null;
    }

    /// <summary>Forgets the failures after a good sign-in or a new password.</summary>
    public Task ClearAsync(CallerKind kind, string normalizedEmail, CancellationToken cancellationToken) => All.DeleteAsync(KeyOf(kind, normalizedEmail), cancellationToken);

    /// <summary>Counts a code before it is looked at, so that many at once are no more than many in a row; returns how long codes are locked, null where this one may be looked at.</summary>
    public async Task<TimeSpan?> TakeCodeAsync(string userId, CancellationToken cancellationToken)
    {
        var (key, now, most) = (CodeKeyOf(userId), time.GetUtcNow(), options.Value.LockoutFailures);
        if (await All.GetAsync(key, cancellationToken) is null && await InsertAsync(key, now, cancellationToken) is not null) { return null; }
        var counted = await All.UpdateOneAsync(
            f => f.Id == key && f.Count < most && (f.LockedUntil == null || f.LockedUntil <= now), new Update<SignInFailures>().Increment(f => f.Count).Set(f => f.LastAt, now), cancellationToken: cancellationToken);
        if (counted is not null) { return null; }
        // The count is full: either it is locked, or the last try is just being looked at (or its process died there).
        await LockCodesAsync(userId, cancellationToken);
        return await All.GetAsync(key, cancellationToken) is { LockedUntil: { } until } && until > now ? until - now : TimeSpan.FromSeconds(1);
    }

    /// <summary>After a wrong code: locks where the count is full; returns true to the one that locks.</summary>
    public async Task<bool> LockCodesAsync(string userId, CancellationToken cancellationToken)
    {
        var (key, most) = (CodeKeyOf(userId), options.Value.LockoutFailures);
        var until = time.GetUtcNow().AddMinutes(options.Value.LockoutMinutes);
        return await All.UpdateOneAsync(f => f.Id == key && f.Count >= most, new Update<SignInFailures>().Set(f => f.Count, 0).Set(f => f.LockedUntil, until), cancellationToken: cancellationToken) is not null;
    }

    /// <summary>Forgets wrong codes after a right one.</summary>
    public Task ClearCodesAsync(string userId, CancellationToken cancellationToken) => All.DeleteAsync(CodeKeyOf(userId), cancellationToken);

    private static string CodeKeyOf(string userId) => OpaqueToken.Hash($"codes:{userId}");

    private Task<SignInFailures?> IncrementAsync(string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        All.UpdateOneAsync(f => f.Id == key, new Update<SignInFailures>().Increment(f => f.Count).Set(f => f.LastAt, now), cancellationToken: cancellationToken);

    private async Task<SignInFailures?> InsertAsync(string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try { return await All.InsertAsync(new SignInFailures { Id = key, Count = 1, LastAt = now }, cancellationToken); }
        catch (DuplicateKeyException) { return null; }
    }

    private static string KeyOf(CallerKind kind, string normalizedEmail) => OpaqueToken.Hash($"{kind}:{normalizedEmail}");
}
