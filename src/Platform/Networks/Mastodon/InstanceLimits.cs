using System.Text.Json;

namespace Platform.Networks.Mastodon;

/// <summary>The limits a server declares at run time: <c>/api/v2/instance</c>, else <c>/api/v1/instance</c>, else Mastodon's defaults.</summary>
internal sealed class InstanceLimits(MastodonClient client)
{
    /// <summary>The limits in force on a server.</summary>
    public async Task<NetworkLimits> ReadAsync(string server, CancellationToken cancellationToken)
    {
        foreach (var path in new[] { "/api/v2/instance", "/api/v1/instance" })
        {
            var answer = await client.GetAsync(server, null, path, cancellationToken);
            if (answer is OutboundAnswer.Answered { IsSuccess: true } yes && yes.Json.Member("configuration") is { } configuration) { return Of(configuration); }
        }
        return MastodonDescriptor.Value.Limits;
    }

    // A server that says nothing about a limit has Mastodon's own; nonsense (0 or less) counts as nothing.
    private static NetworkLimits Of(JsonElement? configuration)
    {
        var limits = MastodonDescriptor.Value.Limits;
        var (statuses, media) = (configuration.Member("statuses"), configuration.Member("media_attachments"));
        var types = media.List("supported_mime_types").Select(t => t?.GetString()).OfType<string>().Where(t => t.StartsWith("image/", StringComparison.Ordinal) || t.StartsWith("video/", StringComparison.Ordinal)).ToArray();
        return limits with
        {
            MaxText = Whole(statuses.Number("max_characters"), limits.MaxText),
            UrlLength = Whole(statuses.Number("characters_reserved_per_url"), limits.UrlLength),
            MaxImages = Whole(statuses.Number("max_media_attachments"), limits.MaxImages),
            MaxImageBytes = media.Number("image_size_limit") is > 0 and { } image ? image : limits.MaxImageBytes,
            MaxVideoBytes = media.Number("video_size_limit") is > 0 and { } video ? video : limits.MaxVideoBytes,
            MaxAltText = Whole(media.Number("description_limit"), limits.MaxAltText),
            MediaTypes = types.Length > 0 ? types : limits.MediaTypes,
        };
    }

    private static int Whole(long? value, int fallback) => value is > 0 and <= int.MaxValue ? (int)value : fallback;
}
