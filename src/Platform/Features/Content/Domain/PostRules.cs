using Platform.Features.Content.Contracts;
using Platform.Primitives;

namespace Platform.Features.Content.Domain;

/// <summary>What a draft must keep to at all, long before a network's own limits: it has something in it, and nothing of it is without end.</summary>
public static class PostRules
{
    /// <summary>Longest text of a part, in UTF-16 units (longer than any network takes).</summary>
    public const int MaxText = 70_000;

    /// <summary>Most parts, the first included.</summary>
    public const int MaxParts = 50;

    /// <summary>Most media on a part.</summary>
    public const int MaxMedia = 35;

    /// <summary>Most labels.</summary>
    public const int MaxLabels = 20;

    /// <summary>Most channels.</summary>
    public const int MaxChannels = 150;

    /// <summary>The draft in its one form: first part in text and media, lists without repeats, labels trimmed; or what is wrong with it.</summary>
    public static Result<NewPost> Normalise(NewPost post)
    {
        var parts = (post.Parts ?? []).ToList();
        var (text, media) = (post.Text, post.MediaIds ?? []);
        if (string.IsNullOrWhiteSpace(text) && media.Count == 0 && parts.Count > 0) { (text, media) = (parts[0].Text, parts[0].MediaIds); parts.RemoveAt(0); }
        var normal = post with
        {
            Text = text,
            MediaIds = [.. media.Distinct()],
            Parts = [.. parts.Select(part => part with { MediaIds = [.. part.MediaIds.Distinct()] })],
            ChannelIds = [.. post.ChannelIds.Distinct()],
            Labels = [.. (post.Labels ?? []).Select(label => label.Trim()).Where(label => label.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
            Variants = (post.Variants ?? new Dictionary<string, PostVariant>()).Where(pair => post.ChannelIds.Contains(pair.Key)).ToDictionary(),
            CampaignId = string.IsNullOrWhiteSpace(post.CampaignId) ? null : post.CampaignId.Trim(),
        };
        return Check(normal) is { } problem ? problem : normal;
    }

    private static Problem? Check(NewPost post)
    {
        var texts = post.Variants!.Values.Select(variant => variant.Text).Concat(post.Parts!.Select(part => part.Text)).Prepend(post.Text).ToList();
        if (texts.All(string.IsNullOrWhiteSpace) && post.MediaIds!.Count == 0 && post.Parts!.All(part => part.MediaIds.Count == 0))
        {
            return Problem.InvalidField("text", "post_empty", "A post needs a text or a picture. Write something first.");
        }
        if (texts.Any(text => text.Length > MaxText)) { return Problem.InvalidField("text", "text_too_long", $"A text is longer than {MaxText:N0} characters. No network takes that; shorten it."); }
        if (post.Parts!.Count >= MaxParts) { return Problem.InvalidField("parts", "too_many_parts", $"A thread has at most {MaxParts} parts."); }
        if (post.MediaIds!.Count > MaxMedia || post.Parts.Any(part => part.MediaIds.Count > MaxMedia)) { return Problem.InvalidField("mediaIds", "too_many_media", $"A part has at most {MaxMedia} media."); }
        if (post.ChannelIds.Count > MaxChannels) { return Problem.InvalidField("channelIds", "too_many_channels", $"A post goes to at most {MaxChannels} channels."); }
        if (post.Labels!.Count > MaxLabels || post.Labels.Any(label => label.Length > 50)) { return Problem.InvalidField("labels", "too_many_labels", $"A post has at most {MaxLabels} labels of at most 50 characters."); }
        return post.CampaignId?.Length > 100 ? Problem.InvalidField("campaignId", "unknown_campaign", "This is not a campaign.") : null;
    }
}
