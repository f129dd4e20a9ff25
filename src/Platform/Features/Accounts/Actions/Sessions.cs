using Platform.Coordination;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>Starts and ends sessions, for every action that does.</summary>
public sealed class Sessions(SessionStore store, AccessTokens tokens, IOrganizations organizations, SessionAnnouncer announcer, SessionLimits limits, TimeProvider time)
{
    /// <summary>Starts a session of an account, acting in its oldest organization that is not suspended.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="from">Where the request came from.</param>
    /// <param name="device">What it came from.</param>
    /// <param name="methods">How the person showed who they are, see <see cref="SignInMethods"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Grant> StartAsync(Account account, Caller from, Device device, IReadOnlyList<string> methods, CancellationToken cancellationToken)
    {
        var places = account.Kind == CallerKind.Person ? await organizations.OfUserAsync(account.Id, cancellationToken) : [];
        var place = places.FirstOrDefault(p => !p.Suspended) ?? (places.Count > 0 ? places[0] : null);
        var now = time.GetUtcNow();
        var (family, secret) = (OpaqueToken.New(), OpaqueToken.New());
        var session = new Session
        {
            Kind = account.Kind, UserId = account.Id, OrganizationId = place?.OrganizationId, SecurityStamp = account.SecurityStamp,
            FamilyHash = OpaqueToken.Hash(family), TokenHash = OpaqueToken.Hash(secret),
            CreatedAt = now, LastSeenAt = now, RotatedAt = now, ExpiresAt = limits.ExpiryOf(account.Kind, now, limits.EndOf(account.Kind, now)), EndsAt = limits.EndOf(account.Kind, now),
            Methods = methods, Address = from.Address, UserAgent = device.UserAgent is { Length: > 300 } agent ? agent[..300] : device.UserAgent,
        };
        await store.AddAsync(session, cancellationToken);
        return Grant(account, session, place, new RefreshToken(session.Id, family, secret));
    }

    /// <summary>What a session's owner holds after it was made or refreshed.</summary>
    public Grant Grant(Account account, Session session, MembershipView? place, RefreshToken refresh)
    {
        var caller = new Caller
        {
            Kind = account.Kind, UserId = account.Id, Name = account.DisplayName(), SessionId = session.Id, StaffRole = account.StaffRole,
            Organization = place is null ? null : new OrganizationId(place.OrganizationId), Role = place?.Role,
        };
        var token = tokens.Make(account.Kind, account.Id, session.Id, place?.OrganizationId);
        return new Grant(caller, account.View(), place?.OrganizationId, place?.OrganizationName, token, tokens.Lifetime, refresh.ToString());
    }

    /// <summary>When a session ends that is used now and not again.</summary>
    public DateTimeOffset ExpiryOf(Session session, DateTimeOffset now) => limits.ExpiryOf(session.Kind, now, session.EndsAt ?? limits.EndOf(session.Kind, session.CreatedAt));

    /// <summary>Tells at once everywhere that something changed in a user's sessions.</summary>
    public Task AnnounceAsync(string userId, CancellationToken cancellationToken) => announcer.ChangedAsync(userId, cancellationToken);

    /// <summary>Ends one session of a user, at once everywhere; false where it had ended.</summary>
    public async Task<bool> EndAsync(string sessionId, string userId, string reason, CancellationToken cancellationToken)
    {
        var ended = await store.RevokeAsync(sessionId, userId, reason, time.GetUtcNow(), cancellationToken);
        await announcer.ChangedAsync(userId, cancellationToken);
        return ended;
    }

    /// <summary>Ends all sessions of a user, but for one if it is named.</summary>
    public async Task EndAllAsync(string userId, string reason, string exceptId, CancellationToken cancellationToken)
    {
        await store.RevokeAllAsync(userId, reason, time.GetUtcNow(), exceptId, cancellationToken);
        await announcer.ChangedAsync(userId, cancellationToken);
    }
}

/// <summary>Tells this copy at once, and the others by a signal, that a user's sessions changed.</summary>
public sealed class SessionAnnouncer(SessionCache cache, ISignals signals)
{
    /// <summary>Tells it.</summary>
    public async Task ChangedAsync(string userId, CancellationToken cancellationToken)
    {
        cache.Drop(userId);
        await signals.PublishAsync(Topics.SessionsChanged, userId, cancellationToken);
    }
}
