using Platform.Features.Audit.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Media.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Media.Actions;

/// <summary>Deletes an asset and its bytes, unless something would break without it.</summary>
public sealed class DeleteMedia(MediaStore store, IMediaFiles files, IEnumerable<IMediaUse> uses, IAudit audit)
{
    /// <summary>Does it.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (!Ids.IsValid(id) || await store.GetAsync(caller, id, cancellationToken) is not { } asset) { return Problem.NotFound("media"); }
        var needs = new List<string>();
        foreach (var use in uses) { if (await use.NeedAsync(caller.OrganizationId, id, cancellationToken) is { } need) { needs.Add(need); } }
        if (needs.Count > 0) { return Problem.Conflict("media_in_use", $"{string.Join(' ', needs)} Take it out there first."); }
        await store.DeleteAsync(caller, id, cancellationToken);
        await files.DeleteAsync(caller.OrganizationId, id, cancellationToken);
        await audit.RecordAsync(caller, new("media.deleted", "media", id, asset.FileName), cancellationToken);
        return Done.Ok;
    }
}
