using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Media.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A picture to send.</summary>
public sealed record AvatarContent(string ContentType, byte[] Bytes);

/// <summary>A person's own picture: told by its bytes, cleaned of everything but the picture by the Media feature, small.</summary>
public sealed class OwnAvatar(OwnIdentity own, OwnProfile profile, AvatarStore avatars, IPictureCleaner pictures)
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>The longest side, in pixels.</summary>
    public const int MostPixels = 2048;

    /// <summary>Sets it.</summary>
    public async Task<Result<ProfileView>> SetAsync(Caller caller, Stream content, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if (await ReadAsync(content, cancellationToken) is not { } source) { return Problem.InvalidField("file", "file_too_large", "Use a picture of at most 1 MB."); }
        var cleaned = await pictures.CleanAsync(source, cancellationToken);
        if (!cleaned.Ok) { return cleaned.Problem; }
        var picture = cleaned.Value;
        if (picture.ContentType is not ("image/png" or "image/jpeg" or "image/webp")) { return Problem.InvalidField("file", "media_type_not_supported", "Use a PNG, JPEG or WebP picture."); }
        if (picture.Width > MostPixels || picture.Height > MostPixels) { return Problem.InvalidField("file", "picture_too_large", $"Use a picture of at most {MostPixels} × {MostPixels} pixels."); }
        var avatar = new Avatar { Id = OpaqueToken.New(), UserId = found.Value.Id, ContentType = picture.ContentType, Data = Convert.ToBase64String(picture.Bytes) };
        await avatars.AddAsync(avatar, cancellationToken);
        return await PutAsync(caller, found.Value, avatar.Id, cancellationToken);
    }

    /// <summary>Takes it away.</summary>
    public async Task<Result<ProfileView>> RemoveAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        return found.Ok ? await PutAsync(caller, found.Value, null, cancellationToken) : found.Problem;
    }

    /// <summary>One for any signed-in person who knows its address.</summary>
    public async Task<Result<AvatarContent>> ReadAsync(string id, CancellationToken cancellationToken) =>
        await avatars.GetAsync(id, cancellationToken) is { } avatar ? new AvatarContent(avatar.ContentType, Convert.FromBase64String(avatar.Data)) : Problem.NotFound("picture");

    private async Task<Result<ProfileView>> PutAsync(Caller caller, Account account, string? avatarId, CancellationToken cancellationToken)
    {
        var stored = await profile.StoreAsync(caller, account, account with { AvatarId = avatarId }, "account.avatar_changed", cancellationToken);
        // Whichever of the two the account shows, the others are not needed.
        await avatars.RemoveOthersAsync(account.Id, stored.Ok ? avatarId : account.AvatarId, cancellationToken);
        return stored;
    }

    private static async Task<byte[]?> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var piece = new byte[64 * 1024];
        int read;
        while ((read = await content.ReadAsync(piece, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MostBytes) { return null; }
            buffer.Write(piece, 0, read);
        }
        return buffer.ToArray();
    }
}
