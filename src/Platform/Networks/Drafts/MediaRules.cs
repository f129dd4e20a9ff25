namespace Platform.Networks.Drafts;

/// <summary>What a network says about the media of a part.</summary>
internal static class MediaRules
{
    /// <summary>All that stands against the media.</summary>
    public static IEnumerable<DraftProblem> Check(NetworkDescriptor network, NetworkLimits limits, IReadOnlyList<DraftMedia> media, int part)
    {
        if (limits.RequiresMedia && media.Count == 0) { yield return new("media_required", $"{network.Name} takes no post without a picture or video. Add one.", part); }
        foreach (var problem in Counts(network, limits, media, part)) { yield return problem; }
        foreach (var problem in media.SelectMany(m => One(network, limits, m, part))) { yield return problem; }
    }

    private static IEnumerable<DraftProblem> Counts(NetworkDescriptor network, NetworkLimits limits, IReadOnlyList<DraftMedia> media, int part)
    {
        var (images, videos) = (media.Count(m => !IsVideo(m)), media.Count(IsVideo));
        if (images > limits.MaxImages)
        {
            yield return new("too_many_images", limits.MaxImages == 0 ? $"{network.Name} takes no images. Remove them." : $"{network.Name} takes {limits.MaxImages} images on one part; this has {images}. Remove {images - limits.MaxImages}.", part);
        }
        if (videos > limits.MaxVideos)
        {
            yield return new("too_many_videos", limits.MaxVideos == 0 ? $"{network.Name} takes no video here. Remove it." : $"{network.Name} takes {limits.MaxVideos} video on one part; this has {videos}.", part);
        }
        if (images > 0 && videos > 0 && images <= limits.MaxImages && videos <= limits.MaxVideos)
        {
            yield return new("mixed_media", $"{network.Name} takes either images or a video on one part, not both.", part);
        }
    }

    private static IEnumerable<DraftProblem> One(NetworkDescriptor network, NetworkLimits limits, DraftMedia media, int part)
    {
        if (limits.MediaTypes.Count > 0 && !limits.MediaTypes.Contains(media.ContentType, StringComparer.OrdinalIgnoreCase))
        {
            yield return new("media_type_unsupported", $"{network.Name} does not take {media.ContentType}. It takes {string.Join(", ", limits.MediaTypes)}.", part);
        }
        var most = IsVideo(media) ? limits.MaxVideoBytes : limits.MaxImageBytes;
        if (most > 0 && media.Size > most)
        {
            yield return new("media_too_large", $"{network.Name} takes files of {Size(most)}; this one has {Size(media.Size)}. Make it smaller.", part);
        }
        if (!network.Capabilities.HasFlag(NetworkCapabilities.AltText)) { yield break; }
        if (limits.MaxAltText > 0 && media.AltText.Length > limits.MaxAltText)
        {
            yield return new("alt_text_too_long", $"{network.Name} takes {limits.MaxAltText} characters of alternative text; this has {media.AltText.Length}.", part);
        }
        if (string.IsNullOrWhiteSpace(media.AltText))
        {
            yield return new("alt_text_missing", "Describe this picture for people who cannot see it.", part, Blocking: false);
        }
    }

    private static bool IsVideo(DraftMedia media) => media.ContentType.StartsWith("video/", StringComparison.OrdinalIgnoreCase);

    private static string Size(long bytes) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.##} MB");
}
