using Platform.Primitives;

namespace Platform.Features.Library.Domain;

/// <summary>Hashtags as people give them, made one of a kind.</summary>
public static class Hashtags
{
    /// <summary>How many a set holds.</summary>
    public const int Most = 30;

    /// <summary>The longest tag, without its #.</summary>
    public const int Longest = 100;

    /// <summary>Each with one #, each once whatever its case; or what is wrong with one of them.</summary>
    public static Result<IReadOnlyList<string>> Clean(IEnumerable<string?> given)
    {
        var tags = new List<string>();
        foreach (var tag in given.Select(t => (t ?? "").Trim().TrimStart('#')).Where(t => t.Length > 0))
        {
            if (tag.Length > Longest || !tag.All(c => char.IsLetterOrDigit(c) || c == '_' || char.IsSurrogate(c)) || tag.All(char.IsDigit))
            {
                return Problem.InvalidField("tags", "bad_hashtag", $"'{(tag.Length > 40 ? tag[..40] + " …" : tag)}' cannot be a hashtag: letters, digits and _ only, not digits alone, at most {Longest}.");
            }
            if (!tags.Contains("#" + tag, StringComparer.OrdinalIgnoreCase)) { tags.Add("#" + tag); }
        }
        if (tags.Count == 0) { return Problem.InvalidField("tags", "tags_missing", "Name at least one hashtag."); }
        return tags.Count <= Most ? tags : Problem.InvalidField("tags", "too_many_hashtags", $"A set holds at most {Most} hashtags. Make two.");
    }
}
