using Platform.Features.Audit.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Media.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Media.Actions;

/// <summary>Deletes an asset and its bytes, unless something unsent needs it.</summary>
public sealed class DeleteMedia(MediaStore store, IMediaFiles files, IEnumerable<IMediaUse> uses, IAudit audit)
{
    /// <summary>Does it.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (!Ids.IsValid(id) || await store.GetAsync(caller, id, cancellationToken) is not { } asset) { return Problem.NotFound("media"); }
        long count = 0;
        foreach (var use in uses) { count += await use.CountUnsentAsync(caller.OrganizationId, id, cancellationToken); }
        if (count > 0) { return Problem.Conflict("media_in_use", $"This file is used by {count} unsent {(count == 1 ? "post" : "posts")}. Take it out there first."); }
        await store.DeleteAsync(caller, id, cancellationToken);
        await files.DeleteAsync(caller.OrganizationId, id, cancellationToken);
        await audit.RecordAsync(caller, new("media.deleted", "media", id, asset.FileName), cancellationToken);
        return Done.Ok;
    }
}
