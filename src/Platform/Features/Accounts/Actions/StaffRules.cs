using Microsoft.Extensions.Options;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>How long staff sessions last and what they ask, as the settings say.</summary>
public sealed record StaffSessionRules(int IdleMinutes, int SessionHours, bool RequiresTwoFactor);

/// <summary>What a staff session must fulfil with every use, and what a session that staff hold as a customer must.</summary>
public sealed class StaffRules(AccountStore accounts, SessionStore sessions, StaffNetworks networks, IOptions<StaffOptions> options, IHostEnvironment environment)
{
    /// <summary>The restriction of a session that comes from outside the allowed networks.</summary>
    public const string WrongAddress = "address_not_allowed";

    /// <summary>The restriction of a session that was opened with one factor where two are demanded.</summary>
    public const string TwoFactorMissing = "two_factor_setup_required";

    /// <summary>Whether staff must sign in with two factors.</summary>
    public bool RequiresTwoFactor => options.Value.RequireTwoFactor ?? !environment.IsDevelopment();

    /// <summary>The rules, to show.</summary>
    public StaffSessionRules Sessions => new(options.Value.IdleMinutes, options.Value.SessionHours, RequiresTwoFactor);

    /// <summary>The standing of a staff session used from an address. A restricted one holds no role.</summary>
    public async Task<Standing> StandingAsync(Caller caller, Account account, Session session, string? address, CancellationToken cancellationToken)
    {
        if (!await networks.AllowAsync(address, cancellationToken)) { return new Standing(caller, WrongAddress); }
        if (RequiresTwoFactor && !SignInMethods.AreTwoFactors(session.Methods)) { return new Standing(caller, TwoFactorMissing); }
        return new Standing(caller with { StaffRole = account.StaffRole }, null);
    }

    /// <summary>The staff session that an impersonation hangs on, while it is live and its account may still impersonate; else null, and the impersonation is over.</summary>
    public async Task<Session?> BehindAsync(Session impersonation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (impersonation is not { ImpersonatorId: { } staffId, ImpersonatorSessionId: { } sessionId }) { return null; }
        var staff = await accounts.GetAsync(staffId, cancellationToken);
        if (staff is not { Kind: CallerKind.Staff, Suspended: false, StaffRole: { } role } || !Roles.Of(role).Contains(Permission.StaffImpersonate)) { return null; }
        var session = await sessions.GetAsync(sessionId, cancellationToken);
        return session is { RevokedAt: null } && session.ExpiresAt > now && session.UserId == staffId && session.SecurityStamp == staff.SecurityStamp ? session : null;
    }
}
