using Microsoft.Extensions.Options;
using Platform.Features.Media.Domain;
using Platform.Features.Media.Store;
using Platform.Primitives;

namespace Platform.Features.Media.Actions;

/// <summary>A file that was taken in.</summary>
public sealed record TakenMedia(CleanMedia Media, long Size);

/// <summary>Takes bytes in: counts them as they come, cleans them by their structure, draws pictures anew. What comes of it lies in the files, not kept yet.</summary>
public sealed class MediaIntake(IMediaFiles files, DrawAnew draw, IOptions<MediaOptions> options)
{
    /// <summary>Takes a file in under <paramref name="id"/>; what came lies under <paramref name="raw"/> meanwhile.</summary>
    public async Task<Result<TakenMedia>> TakeAsync(string organizationId, string raw, string id, Stream content, CancellationToken cancellationToken)
    {
        await using var source = await files.CreateAsync(organizationId, raw, cancellationToken);
        if (!await CopyAsync(content, source, options.Value.MaxBytes, cancellationToken))
        {
            return Problem.InvalidField("file", "media_too_large", $"This file is larger than {Size(options.Value.MaxBytes)}. Make it smaller and retry.");
        }
        await using var target = await files.CreateAsync(organizationId, id, cancellationToken);
        var cleaned = MediaCleaner.Clean(source, target);
        if (!cleaned.Ok) { return cleaned.Problem; }
        return (await draw.RunAsync(cleaned.Value, target, cancellationToken)).Map(media => new TakenMedia(media, target.Length));
    }

    /// <summary>Makes it a file that can be read.</summary>
    public Task KeepAsync(string organizationId, string id, CancellationToken cancellationToken) => files.KeepAsync(organizationId, id, cancellationToken);

    /// <summary>Removes one.</summary>
    public Task DropAsync(string organizationId, string id) => files.DeleteAsync(organizationId, id, CancellationToken.None);

    private static async Task<bool> CopyAsync(Stream from, Stream to, long most, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        for (long total = 0; ;)
        {
            var read = await from.ReadAsync(buffer, cancellationToken);
            if (read == 0) { return true; }
            if ((total += read) > most) { return false; }
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private static string Size(long bytes) => bytes >= 1024 * 1024 ? $"{bytes / (1024 * 1024)} MB" : $"{bytes / 1024} kB";
}
