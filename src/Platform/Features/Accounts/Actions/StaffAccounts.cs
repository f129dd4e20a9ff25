using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A new staff account; its owner sets the password by the mailed link.</summary>
public sealed record InviteStaffRequest(string Email, string Name, StaffRole Role);

/// <summary>A staff account as staff see it.</summary>
public sealed record StaffView(string Id, string Email, string Name, StaffRole Role, bool Suspended, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt)
{
    /// <summary>Whether its owner has still to set a password.</summary>
    public bool Invited { get; init; }

    /// <summary>Whether it has a second factor.</summary>
    public bool TwoFactor { get; init; }

    /// <summary>How many of its sessions are live.</summary>
    public int ActiveSessions { get; init; }
}

/// <summary>Lists staff accounts and invites to new ones; for those who may manage staff.</summary>
public sealed class StaffAccounts(AccountStore accounts, SessionStore sessions, SecondFactors factors, StaffMail mail, SessionRecords records)
{
    /// <summary>A page, newest first.</summary>
    public async Task<Result<Page<StaffView>>> ListAsync(Caller caller, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        var page = await accounts.ListAsync(CallerKind.Staff, null, Math.Clamp(limit, 1, 100), cursor, cancellationToken);
        var views = new List<StaffView>();
        foreach (var account in page.Items) { views.Add(await ViewAsync(account, cancellationToken)); }
        return new Page<StaffView>(views, page.NextCursor);
    }

    /// <summary>One.</summary>
    public async Task<Result<StaffView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        return await accounts.GetAsync(id, cancellationToken) is { Kind: CallerKind.Staff } account ? await ViewAsync(account, cancellationToken) : Problem.NotFound("staff account");
    }

    /// <summary>Makes one and mails its owner the link to set a password; nobody else ever knows it.</summary>
    public async Task<Result<StaffView>> InviteAsync(Caller caller, InviteStaffRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        if (Credentials.Normalize(request.Email) is not { } email) { return Credentials.WrongEmail(); }
        if (string.IsNullOrWhiteSpace(request.Name)) { return Problem.InvalidField("name", "invalid_name", "Give a name; it stands in histories."); }
        if (Credentials.CheckName(request.Name, "name") is { } wrong) { return wrong; }
        var account = Make(request.Email, email, request.Name, request.Role, records.Now);
        var batch = new WriteBatch().Insert(Caller.Platform, account);
        mail.StageInvitation(batch, account, caller.Name);
        records.Audit.Record(batch, caller, new AuditEntry("staff.created", "user", account.Id, email) { Changes = [new AuditChange("role", null, request.Role.ToString())] });
        try { await accounts.CommitAsync(batch, cancellationToken); }
        catch (DuplicateKeyException) { return Problem.Conflict("email_taken", "There is a staff account with this address."); }
        mail.Sent();
        return await ViewAsync(account, cancellationToken);
    }

    /// <summary>Mails another link to somebody who has not set a password yet; the link before goes on working until its time is up.</summary>
    public async Task<Result<Done>> InviteAgainAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        if (await accounts.GetAsync(id, cancellationToken) is not { Kind: CallerKind.Staff } account) { return Problem.NotFound("staff account"); }
        if (account.PasswordHash is not null) { return Problem.Conflict("already_joined", "This colleague has set a password already. They can ask for a new one on the sign-in page."); }
        var batch = new WriteBatch();
        mail.StageInvitation(batch, account, caller.Name);
        records.Audit.Record(batch, caller, new AuditEntry("staff.invited_again", "user", id, account.NormalizedEmail));
        await accounts.CommitAsync(batch, cancellationToken);
        mail.Sent();
        return Done.Ok;
    }

    /// <summary>A staff account's record, not stored yet.</summary>
    internal static Account Make(string email, string normalized, string name, StaffRole role, DateTimeOffset now) => new()
    {
        Kind = CallerKind.Staff, Email = email.Trim(), NormalizedEmail = normalized, FirstName = name.Trim(), LastName = "",
        SearchText = $"{name.Trim()} {normalized}".ToLowerInvariant(), SecurityStamp = OpaqueToken.New(), EmailVerified = true, StaffRole = role, CreatedAt = now,
    };

    private async Task<StaffView> ViewAsync(Account a, CancellationToken cancellationToken) =>
        new(a.Id, a.Email, a.DisplayName(), a.StaffRole!.Value, a.Suspended, a.CreatedAt, a.LastSignInAt)
        {
            Invited = a.PasswordHash is null,
            TwoFactor = (await factors.MethodsAsync(a, cancellationToken)).Count > 0,
            ActiveSessions = (await sessions.LiveAsync(a.Id, records.Now, cancellationToken)).Count,
        };
}
