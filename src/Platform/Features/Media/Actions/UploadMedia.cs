using System.Security.Cryptography;
using Platform.Features.Audit.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Media.Domain;
using Platform.Features.Media.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Media.Actions;

/// <summary>
/// Takes a file in: counts its bytes as they come, tells its type from them, leaves people's data behind, draws pictures anew, keeps it. Nothing of a refused file stays.
/// </summary>
public sealed class UploadMedia(MediaStore store, MediaIntake intake, IPlanLimits limits, IAudit audit, TimeProvider clock)
{
    // ENOSPC and EDQUOT, which .NET hands on as they are, and ERROR_DISK_FULL.
    private const int NoSpace = 28, NoQuota = 122, NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>Longest alternative text.</summary>
    public const int MaxAltText = 2000;

    /// <summary>Does it.</summary>
    public async Task<Result<MediaView>> RunAsync(Caller caller, NewMedia request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (request.AltText.Length > MaxAltText) { return Problem.InvalidField("altText", "alt_text_too_long", $"The alternative text is longer than {MaxAltText} characters. Shorten it."); }
        var (id, raw) = (Ids.New(clock.GetUtcNow()), Ids.New(clock.GetUtcNow()));
        var kept = false;
        try
        {
            var taken = await intake.TakeAsync(caller.OrganizationId, raw, id, request.Content, cancellationToken);
            if (!taken.Ok) { return taken.Problem; }
            if (await OverQuotaAsync(caller, taken.Value.Size, cancellationToken) is { } over) { return over; }
            await intake.KeepAsync(caller.OrganizationId, id, cancellationToken);
            var asset = await store.AddAsync(caller, Describe(caller, request, id, taken.Value), cancellationToken);
            kept = true;
            await audit.RecordAsync(caller, new("media.uploaded", "media", id, asset.FileName), cancellationToken);
            return asset.ToView();
        }
        catch (IOException failure) when (failure.HResult is NoSpace or NoQuota or NoSpaceOnWindows)
        {
            return new Problem(ProblemKind.UpstreamFailed, "storage_full", "There is no room left on the server's disk. Nothing of the file was kept. Try again later; who runs the server has to make room.");
        }
        finally
        {
            await intake.DropAsync(caller.OrganizationId, raw);
            if (!kept) { await intake.DropAsync(caller.OrganizationId, id); }
        }
    }

    private async Task<Problem?> OverQuotaAsync(Caller caller, long size, CancellationToken cancellationToken)
    {
        var plan = await limits.OfAsync(caller.OrganizationId, cancellationToken);
        var (_, bytes) = await store.UsageAsync(caller, cancellationToken);
        return bytes + size > plan.StorageBytes
            ? PlanProblems.Reached(plan, "bytes of media", plan.StorageBytes, bytes)
            : null;
    }

    private MediaAsset Describe(Caller caller, NewMedia request, string id, TakenMedia file) => new()
    {
        Id = id,
        OrganizationId = caller.OrganizationId,
        FileName = MediaName.Clean(request.FileName, file.Media.ContentType),
        ContentType = file.Media.ContentType,
        Size = file.Size,
        Width = file.Media.Width,
        Height = file.Media.Height,
        Seconds = file.Media.Seconds,
        AltText = request.AltText.Trim(),
        PublicKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
        CreatedBy = caller.UserId ?? caller.Name,
        CreatedAt = clock.GetUtcNow(),
        LookAt = clock.GetUtcNow() + RemoveUnusedMedia.KeepFor,
    };
}
