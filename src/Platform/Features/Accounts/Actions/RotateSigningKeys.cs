using Microsoft.Extensions.Options;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>Puts new signing keys in front of the old ones. Nobody is signed out: old tokens are good until they expire, and sessions do not hang on keys.</summary>
public sealed class RotateSigningKeys(SigningKeyStore keys, AccessTokens tokens, IAudit audit, IOptions<AccountsOptions> options, TimeProvider time)
{
    private static readonly CallerKind[] Kinds = [CallerKind.Person, CallerKind.Staff];

    /// <summary>Makes a new key for customers and one for staff; staff who may manage staff accounts, and the command line.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        foreach (var kind in Kinds) { await AddAsync(caller, kind, cancellationToken); }
        await tokens.LoadAsync(cancellationToken);
        return Done.Ok;
    }

    /// <summary>Makes new keys where the newest is old, and deletes those that no living token was signed with; returns how many were made.</summary>
    public async Task<int> OnScheduleAsync(CancellationToken cancellationToken)
    {
        var made = 0;
        foreach (var kind in Kinds)
        {
            var known = await keys.ListAsync(kind, cancellationToken);
            if (known[^1].CreatedAt.AddDays(options.Value.SigningKeyDays) <= time.GetUtcNow()) { await AddAsync(Caller.Platform, kind, cancellationToken); made++; }
            var good = tokens.Good(known).Select(k => k.Id).ToHashSet();
            foreach (var over in known.Where(k => !good.Contains(k.Id))) { await keys.DeleteAsync(over.Id, cancellationToken); }
        }
        if (made > 0) { await tokens.LoadAsync(cancellationToken); }
        return made;
    }

    private async Task AddAsync(Caller caller, CallerKind kind, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch();
        var id = keys.Stage(batch, kind, time.GetUtcNow() + AccessTokens.Notice);
        audit.Record(batch, caller, new AuditEntry("key.signing_rotated", "signing_key", id, kind == CallerKind.Staff ? "staff" : "customers"));
        await keys.CommitAsync(batch, cancellationToken);
    }
}
