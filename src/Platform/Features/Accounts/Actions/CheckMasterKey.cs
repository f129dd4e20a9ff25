using Microsoft.Extensions.Options;
using Platform.Features.Accounts.Store;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Refuses a copy whose master key is not the installation's. It could open no secret of the others, and what it sealed nobody else could open: that must
/// be said at start, not when the first post cannot be sent.
/// </summary>
public sealed class CheckMasterKey(ISecretBox box, MasterKeyMarks marks, TimeProvider time)
{
    /// <summary>Throws <see cref="OptionsValidationException"/> with the way out: the start then ends with that sentence. A key that is known here as a previous one was rotated: the new one is noted.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (current, now) = (box.KeyIds[0], time.GetUtcNow());
        var mark = await marks.EnsureAsync(current, now, cancellationToken);
        if (mark.KeyId == current) { return; }
        if (!box.KeyIds.Contains(mark.KeyId)) { throw new OptionsValidationException("Platform:MasterKey", typeof(string), [Explain(current, mark.KeyId)]); }
        await marks.ChangeAsync(mark, current, now, cancellationToken);
    }

    private static string Explain(string mine, string theirs) =>
        $"This copy's master key (fingerprint {mine}) is not the installation's ({theirs}), so it could read none of the stored secrets. Several copies must share one key: set Platform:MasterKey " +
        "to the same value in each (that of the first copy is in its data folder, keys/master.key). Where the key was changed on purpose, name the old one in Platform:PreviousMasterKeys.";
}
