using System.Text.RegularExpressions;

namespace Platform.Features.Library.Domain;

/// <summary>A text with places: <c>Our {{product}} is here</c>.</summary>
public static partial class TemplateText
{
    /// <summary>The names of the places, each once, in the order of the text; names differ by more than case and spaces.</summary>
    public static IReadOnlyList<string> Places(string text) =>
        [.. Place().Matches(text).Select(match => NameOf(match)).Where(name => name.Length > 0).DistinctBy(name => name.ToUpperInvariant())];

    /// <summary>The text with what was given put into its places; a place that was given nothing stays as it is.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> given)
    {
        var byName = given.Where(g => !string.IsNullOrWhiteSpace(g.Value)).ToDictionary(g => g.Key.ToUpperInvariant(), g => g.Value.Trim());
        return Place().Replace(text, match => byName.GetValueOrDefault(NameOf(match).ToUpperInvariant()) ?? match.Value);
    }

    private static string NameOf(Match match) => Spaces().Replace(match.Groups[1].Value.Trim(), " ");

    // No quantifier over a quantifier: a hostile text costs no more than its length.
    [GeneratedRegex(@"\{\{([\p{L}\p{N} _-]{1,60})\}\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Place();

    [GeneratedRegex(" +", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
