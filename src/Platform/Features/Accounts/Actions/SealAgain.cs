using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>One kind of sealed value.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Old">How many are sealed with a key that is not the current one.</param>
/// <param name="Changed">How many were sealed again just now.</param>
/// <param name="Lost">How many do not open with any key.</param>
public sealed record SealedKind(string Name, long Old, long Changed = 0, long Lost = 0);

/// <summary>Seals everything that an older master key sealed again with the current one, so that the older key can go. Safe to cut off and to run again.</summary>
public sealed class SealAgain(IEnumerable<ISealedRecords> kinds, ISecretBox box, IAudit audit)
{
    /// <summary>Whether older keys are still kept.</summary>
    public bool HasOlderKeys => box.KeyIds.Count > 1;

    /// <summary>How many of each kind are left; staff who may manage staff accounts.</summary>
    public async Task<Result<IReadOnlyList<SealedKind>>> CountAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        var counts = new List<SealedKind>();
        foreach (var kind in kinds) { counts.Add(new SealedKind(kind.Name, await kind.CountOldAsync(cancellationToken))); }
        return counts;
    }

    /// <summary>Seals them again.</summary>
    public async Task<Result<IReadOnlyList<SealedKind>>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        var done = new List<SealedKind>();
        foreach (var kind in kinds)
        {
            var again = await kind.SealAgainAsync(cancellationToken);
            done.Add(new SealedKind(kind.Name, await kind.CountOldAsync(cancellationToken), again.Changed, again.Lost));
        }
        if (done.Sum(k => k.Changed) is > 0 and var changed) { await audit.RecordAsync(caller, new AuditEntry("key.sealed_again", "master_key", box.KeyIds[0], $"{changed} values"), cancellationToken); }
        return done;
    }
}
