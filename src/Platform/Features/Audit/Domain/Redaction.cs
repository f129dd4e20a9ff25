using System.Text.RegularExpressions;
using Platform.Features.Audit.Contracts;

namespace Platform.Features.Audit.Domain;

/// <summary>The last guard before something is kept for good: bounds lengths and hides what looks like a secret, whatever the writer intended.</summary>
public static partial class Redaction
{
    /// <summary>What stands in a hidden value's place.</summary>
    public const string Hidden = "(hidden)";

    private const int MostChanges = 40;
    private const int LongestField = 100;
    private const int LongestValue = 500;
    private const int LongestDetail = 500;

    /// <summary>A detail as it is kept.</summary>
    public static string Detail(string detail) => Cut(Secret().Replace(detail, Hidden), LongestDetail);

    /// <summary>Changes as they are kept.</summary>
    public static IReadOnlyList<AuditChange> Changes(IReadOnlyList<AuditChange> changes)
    {
        var kept = changes.Take(MostChanges).Select(Change).ToList();
        if (changes.Count > MostChanges) { kept.Add(new AuditChange("…", null, $"{changes.Count - MostChanges} more")); }
        return kept;
    }

    /// <summary>A short text from outside, such as an id or a name; null stays null.</summary>
    public static string? Short(string? text, int longest = 200) => text is null ? null : Cut(text, longest);

    private static AuditChange Change(AuditChange change)
    {
        var secret = SecretName().IsMatch(change.Field);
        return new AuditChange(Cut(change.Field, LongestField), Value(change.Before, secret), Value(change.After, secret));
    }

    private static string? Value(string? text, bool secret) => text is null ? null : secret ? Hidden : Cut(Secret().Replace(text, Hidden), LongestValue);

    // Never in the middle of a surrogate pair: half a character cannot be hashed alike everywhere.
    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest) { return text; }
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }

    [GeneratedRegex("password|secret|token|passkey|recovery|credential|private.?key|api.?key$|hash$", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex SecretName();

    // API keys, JSON web tokens, bearer headers, sealed texts and passwords inside addresses.
    [GeneratedRegex(@"\bplk_[A-Za-z0-9]{10,}|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_.-]+|(?<=\bBearer )\S+|\bv1\.[0-9a-f]{8}\.[A-Za-z0-9_-]{20,}|(?<=://[^/\s:@]{0,80}:)[^/\s@]+(?=@)", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Secret();
}
