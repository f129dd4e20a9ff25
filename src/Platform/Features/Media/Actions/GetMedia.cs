using Platform.Features.Media.Contracts;
using Platform.Features.Media.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Media.Actions;

/// <summary>Shows one asset.</summary>
public sealed class GetMedia(MediaStore store)
{
    /// <summary>Does it.</summary>
    public async Task<Result<MediaView>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        return Ids.IsValid(id) && await store.GetAsync(caller, id, cancellationToken) is { } asset ? asset.ToView() : Problem.NotFound("media");
    }
}
