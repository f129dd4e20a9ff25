using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A refresh token, and the organization that the new tokens shall act in where it is to change.</summary>
public sealed record RefreshRequest(string RefreshToken, string? OrganizationId = null);

/// <summary>
/// Exchanges a refresh token for new tokens, once. An old token that comes back means that a copy is about: the session ends for whoever holds it.
/// Requests that were under way together are no reuse: one wins, the others are refused and the session lives.
/// </summary>
public sealed class RefreshSession(SessionStore store, AccountStore accounts, IOrganizations organizations, Sessions sessions, IAudit audit, TimeProvider time)
{
    /// <summary>Exchanges it.</summary>
    public async Task<Result<Grant>> RunAsync(CallerKind kind, Caller caller, RefreshRequest request, CancellationToken cancellationToken)
    {
        var arrived = time.GetUtcNow();
        if (RefreshToken.Parse(request.RefreshToken) is not { } token) { return Refused(); }
        if (await store.GetAsync(token.SessionId, cancellationToken) is not { } session || session.Kind != kind || session.FamilyHash != OpaqueToken.Hash(token.Family)) { return Refused(); }
        if (await accounts.GetAsync(session.UserId, cancellationToken) is not { Suspended: false } account || account.SecurityStamp != session.SecurityStamp) { return Refused(); }
        var next = token with { Secret = OpaqueToken.New() };
        var rotated = await store.RotateAsync(session.Id, OpaqueToken.Hash(token.Secret), OpaqueToken.Hash(next.Secret), arrived, sessions.ExpiryOf(session, arrived), cancellationToken);
        if (rotated is null) { return await ReusedAsync(token, session, arrived, caller, cancellationToken); }
        var place = kind == CallerKind.Person ? await PlaceAsync(account.Id, request.OrganizationId ?? rotated.OrganizationId, cancellationToken) : null;
        if (place is not null && place.OrganizationId != rotated.OrganizationId) { await store.SetOrganizationAsync(session.Id, place.OrganizationId, cancellationToken); }
        return sessions.Grant(account, rotated, place, next);
    }

    private async Task<MembershipView?> PlaceAsync(string userId, string? organizationId, CancellationToken cancellationToken)
    {
        var places = await organizations.OfUserAsync(userId, cancellationToken);
        return places.FirstOrDefault(p => p.OrganizationId == organizationId) ?? places.FirstOrDefault(p => !p.Suspended);
    }

    private async Task<Problem> ReusedAsync(RefreshToken token, Session before, DateTimeOffset arrived, Caller caller, CancellationToken cancellationToken)
    {
        var session = await store.GetAsync(token.SessionId, cancellationToken);
        if (session is null or { RevokedAt: not null } || session.ExpiresAt <= arrived) { return Refused(); }
        // It was the good one when this request came in: another that was under way took it first.
        var hash = OpaqueToken.Hash(token.Secret);
        if (before.TokenHash == hash || (session.PreviousHash == hash && session.RotatedAt >= arrived)) { return Refused(); }
        await sessions.EndAsync(session.Id, session.UserId, "reuse", cancellationToken);
        var owner = caller with { Kind = session.Kind, UserId = session.UserId };
        await audit.RecordAsync(owner, new AuditEntry("session.reuse_detected", "session", session.Id, "An old refresh token came back; the session was ended.", session.OrganizationId), cancellationToken);
        return Refused();
    }

    private static Problem Refused() => new(ProblemKind.Unauthenticated, "invalid_refresh_token", "This refresh token is not good (any more). Sign in again.");
}
