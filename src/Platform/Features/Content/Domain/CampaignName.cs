using Platform.Primitives;

namespace Platform.Features.Content.Domain;

/// <summary>
/// What a post says of its campaign. There are no campaigns as records yet: it is a word of the organization's own, by which posts are found again. What has the
/// form of an id would name a record, and there is none, whoever's it were.
/// </summary>
public static class CampaignName
{
    /// <summary>The longest.</summary>
    public const int Longest = 64;

    /// <summary>A problem where it may not be stored; null for none and for none at all.</summary>
    public static Problem? Check(string? campaign)
    {
        if (string.IsNullOrWhiteSpace(campaign)) { return null; }
        if (IsId(campaign.Trim())) { return Problem.NotFound("campaign"); }
        return campaign.Length > Longest || campaign.Any(char.IsControl)
            ? Problem.InvalidField("campaignId", "invalid_campaign", $"A campaign's name has at most {Longest} characters.") : null;
    }

    // With or without dashes, braces and the like: any long run of hexadecimal digits.
    private static bool IsId(string text)
    {
        var digits = text.Count(char.IsAsciiHexDigit);
        return digits >= 24 && digits + text.Count(c => c is '-' or '{' or '}' or '_') == text.Length;
    }
}
