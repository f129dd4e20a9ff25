using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>A sign-in whose first factor was right and whose second is due. Stored under the hash of its token.</summary>
public sealed record SignInChallenge : Document, IPlatformOwned
{
    /// <summary>Person or Staff.</summary>
    public required CallerKind Kind { get; init; }

    /// <summary>Whose.</summary>
    public required string UserId { get; init; }

    /// <summary>The account's stamp then: a new password ends the challenge.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>How the first factor was shown; see <see cref="SignInMethods"/>.</summary>
    public required IReadOnlyList<string> FirstMethods { get; init; }

    /// <summary>What the person may answer with.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Until when it can be answered.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? UsedAt { get; init; }
}

/// <summary>Sign-ins that wait for their second factor.</summary>
public sealed class SignInChallengeStore(IDocumentStore store, TimeProvider time)
{
    /// <summary>How long one can be answered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How often one can be tried.</summary>
    public const int MostTries = 5;

    /// <summary>The collection.</summary>
    public static readonly Collection<SignInChallenge> Collection = new Collection<SignInChallenge>("sign_in_challenges").Expire("expired", c => c.ExpiresAt, TimeSpan.FromHours(1));

    private IDocuments<SignInChallenge> All => store.ForPlatform<SignInChallenge>(Caller.Platform);

    /// <summary>Stores one and returns its token.</summary>
    public async Task<string> AddAsync(Account account, IReadOnlyList<string> firstMethods, IReadOnlyList<string> methods, CancellationToken cancellationToken)
    {
        var token = OpaqueToken.New();
        var challenge = new SignInChallenge
        {
            Id = OpaqueToken.Hash(token), Kind = account.Kind, UserId = account.Id, SecurityStamp = account.SecurityStamp,
            FirstMethods = firstMethods, Methods = methods, ExpiresAt = time.GetUtcNow() + Lifetime,
        };
        await All.InsertAsync(challenge, cancellationToken);
        return token;
    }

    /// <summary>One that can still be answered; null otherwise.</summary>
    public async Task<SignInChallenge?> LookAsync(CallerKind kind, string token, CancellationToken cancellationToken) =>
        await All.GetAsync(OpaqueToken.Hash(token), cancellationToken) is { UsedAt: null, Tries: < MostTries } found && found.Kind == kind && found.ExpiresAt > time.GetUtcNow() ? found : null;

    /// <summary>Counts a try before the answer is looked at, so that tries at the same time cannot be more than those in a row; null where there is none left.</summary>
    public Task<SignInChallenge?> TryAsync(CallerKind kind, string token, CancellationToken cancellationToken)
    {
        var (id, now) = (OpaqueToken.Hash(token), time.GetUtcNow());
        return All.UpdateOneAsync(
            c => c.Id == id && c.Kind == kind && c.UsedAt == null && c.ExpiresAt > now && c.Tries < MostTries, new Update<SignInChallenge>().Increment(c => c.Tries), cancellationToken: cancellationToken);
    }

    /// <summary>Uses it up: exactly one caller is told true.</summary>
    public async Task<bool> UseAsync(SignInChallenge challenge, CancellationToken cancellationToken)
    {
        var (id, now) = (challenge.Id, time.GetUtcNow());
        return await All.UpdateOneAsync(c => c.Id == id && c.UsedAt == null, new Update<SignInChallenge>().Set(c => c.UsedAt, now), cancellationToken: cancellationToken) is not null;
    }
}
