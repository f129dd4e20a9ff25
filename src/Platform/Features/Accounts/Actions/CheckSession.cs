using Platform.Coordination;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Says who a session belongs to at this moment: it is live, its account is not suspended and its credentials are the same, and the person is a member of the
/// organization with this role. Asked with every request and by every open page; the answer is kept for seconds, and dropped at once when a session changes.
/// </summary>
public sealed class CheckSession(SessionStore sessions, AccountStore accounts, IOrganizations organizations, VerifiedEmail verified, StaffRules staff, SessionUses uses)
{
    /// <summary>The standing; null where the session is over.</summary>
    /// <param name="kind">What the token or cookie claims to be of.</param>
    /// <param name="use">Which session is used, and how.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Standing?> RunAsync(CallerKind kind, SessionUse use, CancellationToken cancellationToken)
    {
        // What a standing depends on: staff's also on where they come from; and a use is written down, a look is not.
        var key = $"{kind}:{use.SessionId}:{use.OrganizationId}:{use.ByPerson}:{(kind == CallerKind.Staff ? use.Address : "")}";
        if (!uses.Cache.TryGet(key, out var standing))
        {
            // Before the session is read: a use that is written down meanwhile must not make it look over.
            var (seen, now) = (uses.Cache.Generation, uses.Cache.Now);
            var session = await sessions.GetAsync(use.SessionId, cancellationToken);
            standing = session is null || session.Kind != kind ? null : await StandingAsync(session, use, now, cancellationToken);
            uses.Cache.Keep(key, session, standing, seen);
        }
        return standing is null ? null : standing with { Caller = standing.Caller with { Address = use.Address } };
    }

    private async Task<Standing?> StandingAsync(Session session, SessionUse use, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (session.RevokedAt is not null || session.ExpiresAt <= now) { return null; }
        if (await accounts.GetAsync(session.UserId, cancellationToken) is not { Suspended: false } account || account.SecurityStamp != session.SecurityStamp) { return null; }
        var behind = session.ImpersonatorId is null ? null : await staff.BehindAsync(session, now, cancellationToken);
        if (session.ImpersonatorId is not null && behind is null) { return null; }
        if (use.ByPerson) { await uses.WriteAsync(session, behind, now, cancellationToken); }
        var caller = new Caller
        {
            Kind = session.Kind, UserId = account.Id, Name = account.DisplayName(), SessionId = session.Id,
            Impersonator = session.ImpersonatorId is { } by ? new Impersonator(by, session.ImpersonatorName ?? "") : null,
        };
        if (session.Kind == CallerKind.Staff) { return await staff.StandingAsync(caller, account, session, use.Address, cancellationToken); }
        return await CustomerAsync(caller, account, session, use.OrganizationId, cancellationToken);
    }

    private async Task<Standing> CustomerAsync(Caller caller, Account account, Session session, string? organizationId, CancellationToken cancellationToken)
    {
        if (!account.EmailVerified && verified.Required) { return new Standing(caller, "email_not_verified"); }
        var places = await organizations.OfUserAsync(account.Id, cancellationToken);
        if (places.FirstOrDefault(p => p.OrganizationId == organizationId) is not { } place) { return new Standing(caller, null); }
        if (place.Suspended) { return new Standing(caller, place.ClosesAt is null ? "organization_suspended" : "organization_closing"); }
        return place.RequiresTwoFactor && !SignInMethods.AreTwoFactors(session.Methods)
            ? new Standing(caller, "two_factor_required")
            : new Standing(caller with { Organization = new OrganizationId(place.OrganizationId), Role = place.Role, Channels = place.Channels }, null);
    }
}

/// <summary>A use of a session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="OrganizationId">The organization that the token or cookie acts in.</param>
/// <param name="Address">Where it is used from.</param>
/// <param name="ByPerson">Whether a person did something; an open page that only looks whether its session is still good keeps none alive.</param>
public sealed record SessionUse(string SessionId, string? OrganizationId, string? Address, bool ByPerson);

/// <summary>Writes down when sessions are used, now and then, and keeps standings for seconds.</summary>
public sealed class SessionUses(SessionStore store, Sessions sessions, SessionCache cache)
{
    /// <summary>The standings of the last seconds.</summary>
    public SessionCache Cache => cache;

    /// <summary>Remembers a use. An impersonation is never prolonged; using it is work of the staff session behind it.</summary>
    public async Task WriteAsync(Session session, Session? behind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var used = behind ?? session;
        if (now - used.LastSeenAt <= SessionLimits.TouchEvery(used.Kind)) { return; }
        try { await store.TouchAsync(used.Id, now, sessions.ExpiryOf(used, now), cancellationToken); }
        catch (StorageUnavailableException) { /* a full disk or a locked file: reading goes on, and the next use is written down */ }
    }
}

/// <summary>Whether people must show that their address is their own.</summary>
public sealed class VerifiedEmail(Microsoft.Extensions.Options.IOptions<AccountsOptions> options, IMailer mailer)
{
    /// <summary>The setting, or whether mail can be sent at all.</summary>
    public bool Required => options.Value.RequireVerifiedEmail ?? mailer.IsConfigured;
}
