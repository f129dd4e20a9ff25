using Platform.Features.Media.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Media.Actions;

/// <summary>How much media an organization holds, of how much its plan allows.</summary>
/// <param name="Files">How many files.</param>
/// <param name="UsedBytes">Their bytes.</param>
/// <param name="LimitBytes">The bytes that the plan allows.</param>
public sealed record MediaUsage(long Files, long UsedBytes, long LimitBytes);

/// <summary>Tells how much media there is.</summary>
public sealed class GetMediaUsage(MediaStore store, IPlanLimits limits)
{
    /// <summary>Does it.</summary>
    public async Task<Result<MediaUsage>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        var (count, bytes) = await store.UsageAsync(caller, cancellationToken);
        return new MediaUsage(count, bytes, (await limits.OfAsync(caller.OrganizationId, cancellationToken)).StorageBytes);
    }
}
