using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>Whether codes are asked for, and how many recovery codes are left.</summary>
public sealed record TwoFactorStatus(bool Enabled, DateTimeOffset? EnabledAt, int RecoveryCodesLeft, DateTimeOffset? RecoveryCodesMadeAt)
{
    /// <summary>Whether signing in asks for any second factor: the app, or a passkey. Recovery codes stand in for all of them.</summary>
    public bool Asked { get; init; }
}

/// <summary>A new secret, shown until it is verified.</summary>
/// <param name="Secret">To type into an authenticator app (base32).</param>
/// <param name="Uri">The same as a link (otpauth).</param>
/// <param name="Qr">The same as a picture.</param>
public sealed record TwoFactorSecret(string Secret, string Uri, QrPicture Qr);

/// <summary>A QR code: dark squares as an SVG path.</summary>
/// <param name="Size">Width and height in units, with the quiet zone.</param>
/// <param name="Path">For an SVG path element, in black on white.</param>
public sealed record QrPicture(int Size, string Path);

/// <summary>The first code of the new secret.</summary>
/// <param name="Code">It.</param>
/// <param name="EndOtherSessions">Signs out everywhere else: sessions that began with the password alone.</param>
public sealed record VerifyTwoFactorRequest(string Code, bool EndOtherSessions = true);

/// <summary>What switching off asks for.</summary>
/// <param name="Password">The password.</param>
/// <param name="Code">A code of the authenticator app, or a recovery code.</param>
public sealed record DisableTwoFactorRequest(string? Password, string? Code);

/// <summary>Recovery codes, shown this once.</summary>
public sealed record RecoveryCodeSet(IReadOnlyList<string> RecoveryCodes);

/// <summary>An account's authenticator app: put on (show the secret, then verify a first code), taken off, and its recovery codes.</summary>
public sealed class TwoFactorSettings(OwnIdentity own, TwoFactorStore store, RecoveryCodeFactor codes, ConfirmIdentity confirm, SecurityChange change, TwoFactorSecrets secrets)
{
    private static readonly TimeSpan PendingFor = TimeSpan.FromMinutes(30);

    /// <summary>How it stands.</summary>
    public async Task<Result<TwoFactorStatus>> StatusAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var record = await store.GetAsync(found.Value.Id, cancellationToken);
        return new TwoFactorStatus(record?.SealedSecret is not null, record?.EnabledAt, record?.RecoveryHashes.Count ?? 0, record?.RecoveryMadeAt)
        {
            Asked = (await confirm.SecondFactorsAsync(found.Value, cancellationToken)).Count > 0,
        };
    }

    /// <summary>Shows a new secret. Nothing is on until a code of it was verified.</summary>
    public async Task<Result<TwoFactorSecret>> BeginAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindFreshAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var record = await store.NeedAsync(found.Value.Id, cancellationToken);
        if (record.SealedSecret is not null) { return AlreadyOn(); }
        var (shown, sealedSecret) = secrets.New(found.Value);
        await store.PendAsync(record.Id, sealedSecret, own.Now, cancellationToken);
        return shown;
    }

    /// <summary>Verifies a first code, switches on, and gives the recovery codes. The session counts as signed in with two factors from here.</summary>
    public async Task<Result<RecoveryCodeSet>> EnableAsync(Caller caller, VerifyTwoFactorRequest request, CancellationToken cancellationToken)
    {
        var found = await own.FindFreshAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var record = await store.GetAsync(found.Value.Id, cancellationToken);
        if (record is { SealedSecret: not null }) { return AlreadyOn(); }
        if (record is not { PendingSecret: { } pending, PendingAt: { } shown } || shown < own.Now - PendingFor) { return Problem.Conflict("two_factor_not_begun", "Begin again: the key that was shown is too old."); }
        if (secrets.Match(found.Value, pending, request.Code) is not { } step) { return Problem.InvalidField("code", "invalid_code", "This code is not right. Check the clock of your device and try the next one."); }
        var (set, renewed) = codes.Renew(record with { SealedSecret = pending, EnabledAt = own.Now, PendingSecret = null, PendingAt = null, LastStep = step }, own.Now);
        var batch = new WriteBatch().Replace(Caller.Platform, renewed);
        var failed = await change.CommitAsync(batch, caller, found.Value, new AuditEntry("two_factor.enabled", "user", found.Value.Id), SecurityNews.TwoFactorOn, cancellationToken);
        if (failed is not null) { return failed; }
        await secrets.UpgradeAsync(caller, own.Now, cancellationToken);
        if (request.EndOtherSessions) { await change.EndOthersAsync(caller, "two_factor_enabled", cancellationToken); }
        await change.AnnounceAsync(caller, cancellationToken);
        return new RecoveryCodeSet(set);
    }

    /// <summary>Switches off, with the password and a code. Sessions count as signed in with the password alone from here.</summary>
    public async Task<Result<Done>> DisableAsync(Caller caller, DisableTwoFactorRequest request, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var account = found.Value;
        if (await store.GetAsync(account.Id, cancellationToken) is not { SealedSecret: not null }) { return Problem.Conflict("two_factor_off", "Two-factor authentication is off already."); }
        if (account.PasswordHash is not null && await confirm.CheckPasswordAsync(account, request.Password ?? "", cancellationToken) is { } wrong) { return wrong; }
        if (await confirm.CheckSecondAsync(account, new SecondFactorAnswer(request.Code, request.Code), cancellationToken) is { } refused) { return refused; }
        // Read after the codes were looked at: that used one up.
        var record = (await store.GetAsync(account.Id, cancellationToken))!;
        var off = record with { SealedSecret = null, EnabledAt = null, PendingSecret = null, PendingAt = null };
        // Recovery codes stay where a passkey is still asked for.
        if (!(await confirm.SecondFactorsAsync(account, cancellationToken)).Contains(SignInMethods.Passkey)) { off = off with { RecoverySalt = null, RecoveryHashes = [], RecoveryMadeAt = null }; }
        var failed = await change.CommitAsync(new WriteBatch().Replace(Caller.Platform, off), caller, account, new AuditEntry("two_factor.disabled", "user", account.Id), SecurityNews.TwoFactorOff, cancellationToken);
        if (failed is not null) { return failed; }
        await secrets.DowngradeAsync(account.Id, cancellationToken);
        await change.AnnounceAsync(caller, cancellationToken);
        return Done.Ok;
    }

    /// <summary>New recovery codes; the old ones stop working.</summary>
    public async Task<Result<RecoveryCodeSet>> RegenerateAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindFreshAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if ((await confirm.SecondFactorsAsync(found.Value, cancellationToken)).Count == 0) { return Problem.Conflict("two_factor_off", "Recovery codes belong to two-factor authentication. Switch it on first."); }
        var record = await store.NeedAsync(found.Value.Id, cancellationToken);
        var (set, renewed) = codes.Renew(record, own.Now);
        var entry = new AuditEntry("two_factor.recovery_codes_made", "user", found.Value.Id);
        var failed = await change.CommitAsync(new WriteBatch().Replace(Caller.Platform, renewed), caller, found.Value, entry, SecurityNews.RecoveryCodesMade, cancellationToken);
        return failed is null ? new RecoveryCodeSet(set) : failed;
    }

    private static Problem AlreadyOn() => Problem.Conflict("two_factor_on", "Two-factor authentication is on already. Switch it off first to use another app.");
}
