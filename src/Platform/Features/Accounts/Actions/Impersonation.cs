using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>Why staff act as a customer, and how long.</summary>
/// <param name="Reason">At least ten characters; kept in the audit log, which the customer sees.</param>
/// <param name="Minutes">15, 30 or 60.</param>
public sealed record ImpersonateRequest(string Reason, int Minutes = 15);

/// <summary>A session in which staff act as a customer.</summary>
/// <param name="Caller">The customer, with the staff account behind.</param>
/// <param name="Person">The customer.</param>
/// <param name="OrganizationId">The organization it acts in.</param>
/// <param name="AccessToken">The token for the API; there is none to refresh it.</param>
/// <param name="EndsAt">When it ends, in any case.</param>
public sealed record ImpersonationGrant(Caller Caller, PersonView Person, string? OrganizationId, string AccessToken, DateTimeOffset EndsAt);

/// <summary>An impersonation as the banner shows it.</summary>
public sealed record ImpersonationView(string CustomerId, string CustomerName, string StaffName, string Reason, DateTimeOffset EndsAt);

/// <summary>What is said of impersonation in the audit log.</summary>
internal static class Impersonation
{
    /// <summary>How long one may last, in minutes.</summary>
    public static readonly IReadOnlyList<int> Lengths = [15, 30, 60];

    /// <summary>The shortest reason.</summary>
    public const int ShortestReason = 10;

    /// <summary>The longest.</summary>
    public const int LongestReason = 300;

    /// <summary>The staff account behind a caller, as the actor of the audit log.</summary>
    public static Caller AsStaff(Caller caller, Impersonator staff) =>
        new() { Kind = CallerKind.Staff, UserId = staff.StaffId, Name = staff.Name, Address = caller.Address, CorrelationId = caller.CorrelationId };

    /// <summary>That it was stopped, for the organization that it acted in.</summary>
    public static AuditEntry Stopped(Caller caller) => new("impersonation.stopped", "user", caller.UserId!, "", caller.Organization?.Value);
}

/// <summary>
/// Lets staff act as a customer: with a reason, for a short time that cannot be prolonged, marked on every page, and recorded where the customer sees it.
/// It hangs on the staff session and ends with it. What only the customer in person may do stays closed.
/// </summary>
public sealed class StartImpersonation(AccountStore accounts, SessionStore sessions, Sessions ending, IOrganizations organizations, AccessTokens tokens, SessionRecords records)
{
    /// <summary>Starts one; an earlier one of the same customer by the same staff account ends.</summary>
    public async Task<Result<ImpersonationGrant>> RunAsync(Caller caller, string userId, ImpersonateRequest request, Device device, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffImpersonate) || caller is not { SessionId: { } staffSession, UserId: { } staffId }) { return Problem.Forbidden("Your staff role may not act as a customer."); }
        if (Wrong(request) is { } wrong) { return wrong; }
        if (await accounts.GetAsync(userId, cancellationToken) is not { Kind: CallerKind.Person } account) { return Problem.NotFound("person"); }
        if (await RefusalAsync(account, cancellationToken) is { } refusal) { return refusal; }
        if (await sessions.GetAsync(staffSession, cancellationToken) is not { } behind || behind.UserId != staffId) { return Problem.Forbidden(); }
        await StopAllAsync(caller, userId, cancellationToken);
        var place = await PlaceAsync(userId, cancellationToken);
        var session = Make(account, place, caller, request, behind, device);
        var batch = new WriteBatch().Insert(Caller.Platform, session);
        records.Audit.Record(batch, caller, new AuditEntry("impersonation.started", "user", userId, $"{request.Minutes} minutes: {request.Reason.Trim()}", place?.OrganizationId));
        if (!await accounts.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        return Grant(account, session, place);
    }

    /// <summary>Ends those that the caller holds of a customer.</summary>
    public async Task<Result<Done>> StopAsync(Caller caller, string userId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffImpersonate)) { return Problem.Forbidden("Your staff role may not act as a customer."); }
        return await StopAllAsync(caller, userId, cancellationToken) > 0 ? Done.Ok : Problem.NotFound("impersonation");
    }

    private async Task<int> StopAllAsync(Caller caller, string userId, CancellationToken cancellationToken)
    {
        var live = await sessions.LiveAsync(userId, records.Now, cancellationToken);
        var ended = 0;
        foreach (var session in live.Where(s => s.ImpersonatorId == caller.UserId))
        {
            if (!await ending.EndAsync(session.Id, userId, "impersonation_stopped", cancellationToken)) { continue; }
            await records.Audit.RecordAsync(caller, new AuditEntry("impersonation.stopped", "user", userId, "", session.OrganizationId), cancellationToken);
            ended++;
        }
        return ended;
    }

    private async Task<Problem?> RefusalAsync(Account account, CancellationToken cancellationToken)
    {
        if (account.Suspended) { return Problem.Conflict("account_suspended", "The account is suspended; nobody can act as it."); }
        return await accounts.ByEmailAsync(CallerKind.Staff, account.NormalizedEmail, cancellationToken) is null ? null
            : new Problem(ProblemKind.Forbidden, "staff_account", "This is a colleague's own account; staff cannot act as one another.");
    }

    private async Task<MembershipView?> PlaceAsync(string userId, CancellationToken cancellationToken)
    {
        var places = await organizations.OfUserAsync(userId, cancellationToken);
        return places.FirstOrDefault(p => !p.Suspended) ?? (places.Count > 0 ? places[0] : null);
    }

    // No refresh token is handed out: the hashes are of texts that nobody has.
    private Session Make(Account account, MembershipView? place, Caller caller, ImpersonateRequest request, Session behind, Device device)
    {
        var ends = records.Now.AddMinutes(request.Minutes);
        return new Session
        {
            Kind = CallerKind.Person, UserId = account.Id, OrganizationId = place?.OrganizationId, SecurityStamp = account.SecurityStamp,
            FamilyHash = OpaqueToken.Hash(OpaqueToken.New()), TokenHash = OpaqueToken.Hash(OpaqueToken.New()),
            CreatedAt = records.Now, LastSeenAt = records.Now, RotatedAt = records.Now, ExpiresAt = ends, EndsAt = ends,
            ImpersonatorId = caller.UserId, ImpersonatorName = caller.Name, ImpersonatorSessionId = behind.Id, ImpersonationReason = request.Reason.Trim(),
            Methods = behind.Methods, Address = caller.Address, UserAgent = device.UserAgent is { Length: > 300 } agent ? agent[..300] : device.UserAgent,
        };
    }

    private ImpersonationGrant Grant(Account account, Session session, MembershipView? place)
    {
        var caller = new Caller
        {
            Kind = CallerKind.Person, UserId = account.Id, Name = account.DisplayName(), SessionId = session.Id, Impersonator = new Impersonator(session.ImpersonatorId!, session.ImpersonatorName!),
            Organization = place is null ? null : new OrganizationId(place.OrganizationId), Role = place?.Role,
        };
        var seconds = (int)(session.ExpiresAt - session.CreatedAt).TotalSeconds;
        return new ImpersonationGrant(caller, account.View(), place?.OrganizationId, tokens.Make(CallerKind.Person, account.Id, session.Id, place?.OrganizationId, seconds), session.ExpiresAt);
    }

    private static Problem? Wrong(ImpersonateRequest request)
    {
        var reason = request.Reason.Trim();
        if (reason.Length is < Impersonation.ShortestReason or > Impersonation.LongestReason)
        {
            return Problem.InvalidField("reason", "reason_missing", $"Say why, in {Impersonation.ShortestReason} to {Impersonation.LongestReason} characters: the customer sees it in their audit log.");
        }
        return Impersonation.Lengths.Contains(request.Minutes) ? null : Problem.InvalidField("minutes", "invalid_minutes", $"Choose {string.Join(", ", Impersonation.Lengths)} minutes.");
    }
}

/// <summary>What actions on sessions write beside them, and when.</summary>
public sealed class SessionRecords(IAudit audit, TimeProvider time)
{
    /// <summary>The audit log.</summary>
    public IAudit Audit => audit;

    /// <summary>Now, by the app's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();
}

/// <summary>Reads the impersonation that a caller acts in, for the banner.</summary>
public sealed class ReadImpersonation(SessionStore sessions)
{
    /// <summary>The impersonation; not found where the caller is the customer themself.</summary>
    public async Task<Result<ImpersonationView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller is not { Impersonator: { } staff, SessionId: { } id } || await sessions.GetAsync(id, cancellationToken) is not { } session) { return Problem.NotFound("impersonation"); }
        return new ImpersonationView(session.UserId, caller.Name, staff.Name, session.ImpersonationReason ?? "", session.ExpiresAt);
    }
}
