using Platform.Features.Organizations.Contracts;
using Platform.Primitives;

namespace Platform.Features.Organizations.Domain;

/// <summary>What a business profile and the defaults for links may say.</summary>
public static class ProfileRules
{
    /// <summary>The sizes there are.</summary>
    public static readonly IReadOnlyList<string> Sizes = ["1", "2-10", "11-50", "51-200", "201-1000", "1000+"];

    private const int Short = 100, Long = 1000, Goals = 10;

    /// <summary>The profile trimmed, or what is wrong with it.</summary>
    public static Result<BusinessProfile> Clean(BusinessProfile given)
    {
        var clean = new BusinessProfile
        {
            Industry = Trim(given.Industry), Size = Trim(given.Size), Website = Trim(given.Website), Description = Trim(given.Description), Audience = Trim(given.Audience),
            Goals = [.. (given.Goals ?? []).Select(Trim).Where(g => g.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
        };
        if (clean.Size.Length > 0 && !Sizes.Contains(clean.Size)) { return Problem.InvalidField("size", "unknown_size", $"Choose one of {string.Join(", ", Sizes)}."); }
        if (clean.Website.Length > 0 && !IsWebsite(clean.Website)) { return Problem.InvalidField("website", "invalid_website", "Give an address such as https://example.com."); }
        if (clean.Goals.Count > Goals) { return Problem.InvalidField("goals", "too_many_goals", $"Name at most {Goals} goals."); }
        return TooLong(("industry", clean.Industry, Short), ("description", clean.Description, Long), ("audience", clean.Audience, Long), ("goals", clean.Goals.MaxBy(g => g.Length) ?? "", Short)) is { } wrong ? wrong : clean;
    }

    /// <summary>The defaults trimmed, or what is wrong with them.</summary>
    public static Result<UtmDefaults> Clean(UtmDefaults given)
    {
        var clean = new UtmDefaults { Source = Trim(given.Source), Medium = Trim(given.Medium), Campaign = Trim(given.Campaign) };
        if (TooLong(("source", clean.Source, Short), ("medium", clean.Medium, Short), ("campaign", clean.Campaign, Short)) is { } wrong) { return wrong; }
        foreach (var (field, text) in new[] { ("source", clean.Source), ("medium", clean.Medium), ("campaign", clean.Campaign) })
        {
            var rest = Places.Aggregate(text, (left, place) => left.Replace(place, "", StringComparison.Ordinal));
            if (rest.Any(c => char.IsControl(c) || c is '{' or '}' or '&' or '#' or '?')) { return Problem.InvalidField(field, "invalid_utm", $"Use letters, digits and dashes, and of the placeholders only {string.Join(", ", Places)}."); }
        }
        return clean;
    }

    /// <summary>What is filled in per post.</summary>
    public static readonly IReadOnlyList<string> Places = ["{network}", "{channel}", "{date}"];

    private static string Trim(string? text) => text?.Trim() ?? "";

    private static bool IsWebsite(string text) => text.Length <= 300 && Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "https" or "http") && url.UserInfo.Length == 0;

    private static Problem? TooLong(params IEnumerable<(string Field, string Text, int Most)> texts) =>
        texts.FirstOrDefault(t => t.Text.Length > t.Most) is { Field: { } field } found ? Problem.InvalidField(field, "too_long", $"Use at most {found.Most} characters.") : null;
}
