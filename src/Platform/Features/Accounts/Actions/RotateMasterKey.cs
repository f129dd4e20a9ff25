using Platform.Features.Accounts.Store;

namespace Platform.Features.Accounts.Actions;

/// <summary>Changes the master key of an installation that keeps it in a file: the old one stays beside it and opens what it sealed, until everything is sealed again.</summary>
public sealed class RotateMasterKey(IConfiguration configuration, SealAgain seal, CheckMasterKey check, TimeProvider time)
{
    /// <summary>Whether the key comes from a setting, where the app cannot change it.</summary>
    public bool IsSetting => configuration["Platform:MasterKey"] is { Length: > 0 };

    /// <summary>Makes a new key; it is used from the next start on.</summary>
    public void Begin() => MasterKey.Rotate(DataFolder.Of(configuration), time.GetUtcNow());

    /// <summary>Seals everything again and, when nothing is left, deletes the old keys' files; what is left otherwise.</summary>
    public async Task<IReadOnlyList<SealedKind>> FinishAsync(CancellationToken cancellationToken)
    {
        await check.RunAsync(cancellationToken);
        var left = (await seal.RunAsync(Tenancy.Caller.Platform, cancellationToken)).Unwrap().Where(k => k.Old > 0).ToList();
        if (left.Count == 0) { MasterKey.ForgetPrevious(DataFolder.Of(configuration)); }
        return left;
    }
}
