using System.Text.RegularExpressions;
using Platform.Primitives;

namespace Platform.Features.Organizations.Domain;

/// <summary>What a brand may say.</summary>
public static partial class BrandRules
{
    /// <summary>The longest voice and audience.</summary>
    public const int TextLength = 1000;

    /// <summary>The longest example.</summary>
    public const int ExampleLength = 2000;

    private const int LineLength = 200, Lines = 20, Words = 100, MostExamples = 5, MostColors = 12, MostLanguages = 10;

    /// <summary>A text trimmed, or what is wrong with it.</summary>
    public static Result<string> Text(string field, string? given) =>
        (given?.Trim() ?? "") is var text && text.Length > TextLength ? Problem.InvalidField(field, "too_long", $"Use at most {TextLength} characters.") : text;

    /// <summary>Lines such as do and don't.</summary>
    public static Result<IReadOnlyList<string>> List(string field, IReadOnlyList<string>? given) => Items(field, given, (Lines, LineLength));

    /// <summary>Forbidden words and phrases.</summary>
    public static Result<IReadOnlyList<string>> Forbidden(string field, IReadOnlyList<string>? given) => Items(field, given, (Words, LineLength));

    /// <summary>Example posts.</summary>
    public static Result<IReadOnlyList<string>> Examples(string field, IReadOnlyList<string>? given) => Items(field, given, (MostExamples, ExampleLength));

    /// <summary>Colours, as <c>#rrggbb</c> in lower case.</summary>
    public static Result<IReadOnlyList<string>> Colors(string field, IReadOnlyList<string>? given)
    {
        var items = Items(field, given?.Select(c => c.ToLowerInvariant()).ToList(), (MostColors, 7));
        return items.Value?.FirstOrDefault(c => !Color().IsMatch(c)) is { } wrong ? Problem.InvalidField(field, "invalid_color", $"'{wrong}' is not a colour such as #1d4ed8.") : items;
    }

    /// <summary>Languages, as BCP 47 tags.</summary>
    public static Result<IReadOnlyList<string>> Languages(string field, IReadOnlyList<string>? given)
    {
        var items = Items(field, given, (MostLanguages, 20));
        return items.Value?.FirstOrDefault(l => !Language().IsMatch(l)) is { } wrong ? Problem.InvalidField(field, "invalid_language", $"'{wrong}' is not a language tag such as en or de-CH.") : items;
    }

    private static Result<IReadOnlyList<string>> Items(string field, IReadOnlyList<string>? given, (int Count, int Length) most)
    {
        List<string> items = [.. (given ?? []).Select(i => i?.Trim() ?? "").Where(i => i.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (items.Count > most.Count) { return Problem.InvalidField(field, "too_many", $"Name at most {most.Count}."); }
        return items.Any(i => i.Length > most.Length) ? Problem.InvalidField(field, "too_long", $"Use at most {most.Length} characters for each.") : items;
    }

    [GeneratedRegex("^#[0-9a-f]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Color();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex Language();
}
