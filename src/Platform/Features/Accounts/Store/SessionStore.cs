using Platform.Features.Accounts.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>One sign-in, of a browser or of an API client; what tokens and cookies refer to, and what is revoked.</summary>
public sealed record Session : Document, IPlatformOwned
{
    /// <summary>Person or Staff.</summary>
    public required CallerKind Kind { get; init; }

    /// <summary>Whose.</summary>
    public required string UserId { get; init; }

    /// <summary>The organization that new tokens act in.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The account's stamp at sign-in.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>The hash of the part that all refresh tokens of this session share.</summary>
    public required string FamilyHash { get; init; }

    /// <summary>The hash of the one refresh token that is good now.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The hash of the one before.</summary>
    public string? PreviousHash { get; init; }

    /// <summary>When the refresh token was last exchanged.</summary>
    public required DateTimeOffset RotatedAt { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last use, to a few minutes.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When it ends if it is not used.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it ends whatever is done with it; null: it lasts as long as it is used.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The staff account that acts as the customer in it; null in the customer's own.</summary>
    public string? ImpersonatorId { get; init; }

    /// <summary>Its name at the time.</summary>
    public string? ImpersonatorName { get; init; }

    /// <summary>The staff session that it was started from; it ends with it.</summary>
    public string? ImpersonatorSessionId { get; init; }

    /// <summary>Why staff act as the customer.</summary>
    public string? ImpersonationReason { get; init; }

    /// <summary>When it was ended.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why: signed_out, reuse, password_changed, revoked, suspended.</summary>
    public string? RevokedReason { get; init; }

    /// <summary>Where the sign-in came from.</summary>
    public string? Address { get; init; }

    /// <summary>The client's own name for itself.</summary>
    public string? UserAgent { get; init; }

    /// <summary>How the person showed who they are, in order; see <see cref="SignInMethods"/>. Empty in sessions of before 2FA existed: a password.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>When the person last showed in this session who they are; null: when it began.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }
}

/// <summary>The sessions.</summary>
public sealed class SessionStore(IDocumentStore store)
{
    /// <summary>The collection. Ended sessions are kept a while for the list and for questions.</summary>
    public static readonly Collection<Session> Collection = new Collection<Session>("sessions")
        .Index("by_user", Sort<Session>.By(s => s.UserId).ThenByDescending(s => s.CreatedAt))
        .Index("by_use", Sort<Session>.By(s => s.LastSeenAt))
        .Index("impersonations", Sort<Session>.By(s => s.ImpersonatorId), s => s.RevokedAt == null)
        .Expire("ended", s => s.ExpiresAt, TimeSpan.FromDays(30));

    private IDocuments<Session> All => store.ForPlatform<Session>(Caller.Platform);

    /// <summary>One by id.</summary>
    public Task<Session?> GetAsync(string id, CancellationToken cancellationToken) => All.GetAsync(id, cancellationToken);

    /// <summary>Adds one.</summary>
    public Task AddAsync(Session session, CancellationToken cancellationToken) => All.InsertAsync(session, cancellationToken);

    /// <summary>Exchanges the refresh token: of any number of callers with the same one, exactly one gets the session back.</summary>
    public Task<Session?> RotateAsync(string id, string oldHash, string newHash, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken) => All.UpdateOneAsync(
        s => s.Id == id && s.TokenHash == oldHash && s.RevokedAt == null && s.ExpiresAt > now && s.ImpersonatorId == null,
        new Update<Session>().Set(s => s.TokenHash, newHash).Set(s => s.PreviousHash, oldHash).Set(s => s.RotatedAt, now).Set(s => s.LastSeenAt, now).Set(s => s.ExpiresAt, expiresAt),
        cancellationToken: cancellationToken);

    /// <summary>Remembers the organization that new tokens act in.</summary>
    public Task<Session?> SetOrganizationAsync(string id, string organizationId, CancellationToken cancellationToken) =>
        All.UpdateOneAsync(s => s.Id == id, new Update<Session>().Set(s => s.OrganizationId, organizationId), cancellationToken: cancellationToken);

    /// <summary>Remembers that it was used.</summary>
    public Task TouchAsync(string id, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        All.UpdateOneAsync(s => s.Id == id && s.RevokedAt == null, new Update<Session>().Set(s => s.LastSeenAt, now).Set(s => s.ExpiresAt, expiresAt), cancellationToken: cancellationToken);

    /// <summary>Ends one; false where it had ended or is not this user's.</summary>
    public async Task<bool> RevokeAsync(string id, string userId, string reason, DateTimeOffset now, CancellationToken cancellationToken) => await All.UpdateOneAsync(
        s => s.Id == id && s.UserId == userId && s.RevokedAt == null, new Update<Session>().Set(s => s.RevokedAt, now).Set(s => s.RevokedReason, reason), cancellationToken: cancellationToken) is not null;

    /// <summary>Ends all of a user, but for one if it is named.</summary>
    public Task<long> RevokeAllAsync(string userId, string reason, DateTimeOffset now, string exceptId = "", CancellationToken cancellationToken = default) => All.UpdateManyAsync(
        s => s.UserId == userId && s.RevokedAt == null && s.Id != exceptId, new Update<Session>().Set(s => s.RevokedAt, now).Set(s => s.RevokedReason, reason), cancellationToken);

    /// <summary>Remembers that the owner has just shown who they are.</summary>
    public Task ConfirmAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        All.UpdateOneAsync(s => s.Id == id && s.RevokedAt == null, new Update<Session>().Set(s => s.VerifiedAt, now), cancellationToken: cancellationToken);

    /// <summary>Remembers another factor that the owner has just shown.</summary>
    public Task AddMethodAsync(string id, string method, DateTimeOffset now, CancellationToken cancellationToken) =>
        All.UpdateOneAsync(s => s.Id == id && s.RevokedAt == null, new Update<Session>().Push(s => s.Methods, method).Set(s => s.VerifiedAt, now), cancellationToken: cancellationToken);

    /// <summary>Forgets a factor in all of a user's sessions.</summary>
    public Task ForgetMethodAsync(string userId, string method, CancellationToken cancellationToken) =>
        All.UpdateManyAsync(s => s.UserId == userId && s.RevokedAt == null, new Update<Session>().Pull(s => s.Methods, method), cancellationToken);

    /// <summary>The last ones of a user, ended ones too, newest first; at most 100.</summary>
    public async Task<IReadOnlyList<Session>> RecentAsync(string userId, CancellationToken cancellationToken) =>
        (await All.FindAsync(new Query<Session> { Filter = s => s.UserId == userId, Sort = Sort<Session>.ByDescending(s => s.CreatedAt), Limit = 100 }, cancellationToken)).Items;

    /// <summary>The live ones of a user, newest first; at most 100.</summary>
    public async Task<IReadOnlyList<Session>> LiveAsync(string userId, DateTimeOffset now, CancellationToken cancellationToken) => (await All.FindAsync(
        new Query<Session> { Filter = s => s.UserId == userId && s.RevokedAt == null && s.ExpiresAt > now, Sort = Sort<Session>.ByDescending(s => s.CreatedAt), Limit = 100 }, cancellationToken)).Items;

    /// <summary>The impersonations that nothing has ended yet, though their time may be up; at most 500.</summary>
    public async Task<IReadOnlyList<Session>> ImpersonationsAsync(CancellationToken cancellationToken) =>
        (await All.FindAsync(new Query<Session> { Filter = s => s.RevokedAt == null && s.ImpersonatorId != null, Limit = 500 }, cancellationToken)).Items;

    /// <summary>How many users used a session of a kind since a moment; at most 10,000 are told apart.</summary>
    public async Task<long> ActiveUsersAsync(CallerKind kind, DateTimeOffset since, CancellationToken cancellationToken) =>
        (await All.GroupAsync(new GroupQuery<Session> { Filter = s => s.LastSeenAt > since && s.Kind == kind }.By(s => s.UserId), cancellationToken)).Count;
}
