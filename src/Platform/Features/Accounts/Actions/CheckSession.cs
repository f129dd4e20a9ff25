using Platform.Coordination;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Says who a session belongs to at this moment: it is live, its account is not suspended and its credentials are the same, and the person is a member of the
/// organization with this role. Asked with every request and by every open page; the answer is kept for seconds, and dropped at once when a session changes.
/// </summary>
public sealed class CheckSession(SessionStore sessions, AccountStore accounts, IOrganizations organizations, VerifiedEmail verified, SessionCache cache)
{
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(5);

    /// <summary>The standing; null where the session is over.</summary>
    /// <param name="kind">What the token or cookie claims to be of.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="organizationId">The organization that the token or cookie acts in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Standing?> RunAsync(CallerKind kind, string sessionId, string? organizationId, CancellationToken cancellationToken)
    {
        var key = $"{kind}:{sessionId}:{organizationId}";
        if (cache.TryGet(key, out var known)) { return known; }
        var seen = cache.Generation;
        var session = await sessions.GetAsync(sessionId, cancellationToken);
        var standing = session is null || session.Kind != kind ? null : await StandingAsync(session, organizationId, cancellationToken);
        cache.Keep(key, session?.UserId, standing, seen);
        return standing;
    }

    private async Task<Standing?> StandingAsync(Session session, string? organizationId, CancellationToken cancellationToken)
    {
        var now = cache.Now;
        if (session.RevokedAt is not null || session.ExpiresAt <= now) { return null; }
        if (await accounts.GetAsync(session.UserId, cancellationToken) is not { Suspended: false } account || account.SecurityStamp != session.SecurityStamp) { return null; }
        if (now - session.LastSeenAt > TouchEvery) { await sessions.TouchAsync(session.Id, now, now + (session.ExpiresAt - session.LastSeenAt), cancellationToken); }
        var caller = new Caller { Kind = session.Kind, UserId = account.Id, Name = account.DisplayName(), SessionId = session.Id };
        if (session.Kind == CallerKind.Staff) { return new Standing(caller with { StaffRole = account.StaffRole }, null); }
        if (!account.EmailVerified && verified.Required) { return new Standing(caller, "email_not_verified"); }
        var places = await organizations.OfUserAsync(account.Id, cancellationToken);
        if (places.FirstOrDefault(p => p.OrganizationId == organizationId) is not { } place) { return new Standing(caller, null); }
        if (place.Suspended) { return new Standing(caller, "organization_suspended"); }
        return place.RequiresTwoFactor && !SignInMethods.AreTwoFactors(session.Methods)
            ? new Standing(caller, "two_factor_required")
            : new Standing(caller with { Organization = new OrganizationId(place.OrganizationId), Role = place.Role, Channels = place.Channels }, null);
    }
}

/// <summary>Whether people must show that their address is their own.</summary>
public sealed class VerifiedEmail(Microsoft.Extensions.Options.IOptions<AccountsOptions> options, IMailer mailer)
{
    /// <summary>The setting, or whether mail can be sent at all.</summary>
    public bool Required => options.Value.RequireVerifiedEmail ?? mailer.IsConfigured;
}
