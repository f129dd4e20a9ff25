using Platform.Features.Audit.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Media.Domain;
using Platform.Features.Media.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Media.Actions;

/// <summary>What to change; what is null stays.</summary>
public sealed record UpdateMediaRequest(string? AltText = null, string? FileName = null);

/// <summary>Changes what an asset is called and how it is described.</summary>
public sealed class UpdateMedia(MediaStore store, IAudit audit)
{
    /// <summary>Does it.</summary>
    public async Task<Result<MediaView>> RunAsync(Caller caller, string id, UpdateMediaRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (request.AltText?.Length > UploadMedia.MaxAltText)
        {
            return Problem.InvalidField("altText", "alt_text_too_long", $"The alternative text is longer than {UploadMedia.MaxAltText} characters. Shorten it.");
        }
        for (var tries = 0; tries < 5; tries++)
        {
            if (!Ids.IsValid(id) || await store.GetAsync(caller, id, cancellationToken) is not { } asset) { return Problem.NotFound("media"); }
            var changed = asset with
            {
                AltText = request.AltText?.Trim() ?? asset.AltText,
                FileName = request.FileName is null ? asset.FileName : MediaName.Clean(request.FileName, asset.ContentType),
            };
            if (await store.TryReplaceAsync(caller, changed, cancellationToken) is not { } stored) { continue; }
            await RecordAsync(caller, asset, stored, cancellationToken);
            return stored.ToView();
        }
        return Problem.Conflict("media_changed", "Someone else is changing this file. Try again.");
    }

    private async Task RecordAsync(Caller caller, MediaAsset before, MediaAsset after, CancellationToken cancellationToken)
    {
        AuditChange[] changes = [new("altText", before.AltText, after.AltText), new("fileName", before.FileName, after.FileName)];
        changes = [.. changes.Where(c => c.Before != c.After)];
        if (changes.Length > 0) { await audit.RecordAsync(caller, new("media.changed", "media", after.Id, after.FileName) { Changes = changes }, cancellationToken); }
    }
}
