using System.Collections.Frozen;
using System.Text;

namespace Platform.Features.Accounts.Domain;

/// <summary>
/// Knows the passwords that are tried first. The list beside this class holds about two thousand roots (what people choose: words, names, teams, keyboard
/// walks, samples of manuals); the rules here add what people do to them: capitals, look-alike letters, years and signs before and after, doubling,
/// reversal. So a root stands for thousands of passwords. A bigger list of leaked passwords can be put beside it (<c>Accounts:BreachedPasswordFile</c>).
/// </summary>
public static class CommonPasswords
{
    private const int MostAround = 8;
    private static readonly string[] Rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn7ujm"];
    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    /// <summary>The roots, in lower case.</summary>
    public static IReadOnlyCollection<string> Roots => All.Value;

    /// <summary>Whether a password is one of those that are tried first, or is made of what its owner is called.</summary>
    /// <param name="password">The password.</param>
    /// <param name="context">Words that everyone knows of the owner: parts of the address, names, the organization, the product.</param>
    public static bool Knows(string password, IEnumerable<string> context)
    {
        var text = password.Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant();
        if (text.Distinct().Count() < 4 || IsWalk(text)) { return true; }
        var words = context.SelectMany(Split).Where(w => w.Length >= 4).ToHashSet(StringComparer.Ordinal);
        return Forms(text).Any(form => All.Value.Contains(form) || words.Contains(form) || IsPair(form, words));
    }

    // What is left of the text without what people put around it, straight, unmasked and reversed; and what it repeats.
    private static IEnumerable<string> Forms(string text)
    {
        foreach (var form in (string[])[text, Unmask(text), Compact(text), Unmask(Compact(text))])
        {
            var core = Trim(form);
            var unit = Unit(core);
            yield return form;
            yield return core;
            yield return unit;
            yield return Reverse(core);
            yield return Unmask(Trim(form));
            // Roots that end in digits of their own.
            for (var end = form.Length - 1; end > Math.Max(2, form.Length - MostAround) && !char.IsLetter(form[end]); end--) { yield return form[..end]; }
        }
    }

    // Digits and signs before and after a word; more than a few are a password of their own.
    private static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && !char.IsLetter(text[start])) { start++; }
        while (end > start && !char.IsLetter(text[end - 1])) { end--; }
        return text.Length - (end - start) <= MostAround ? text[start..end] : text;
    }

    private static string Compact(string text) => new([.. text.Where(char.IsLetterOrDigit)]);

    private static string Unmask(string text) => new([.. text.Select(c => c switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => c })]);

    private static string Reverse(string text) => new([.. text.Reverse()]);

    // "passwordpassword" repeats "password".
    private static string Unit(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.Length % length != 0) { continue; }
            var unit = text[..length];
            if (Enumerable.Range(1, (text.Length / length) - 1).All(i => text.AsSpan(i * length, length).SequenceEqual(unit))) { return unit; }
        }
        return text;
    }

    // Two words that everyone knows of the owner, or one and a root, with nothing else: "adalovelace", "acmepassword".
    private static bool IsPair(string form, HashSet<string> words) =>
        words.Any(w => (form.StartsWith(w, StringComparison.Ordinal) && IsKnown(form[w.Length..], words)) || (form.EndsWith(w, StringComparison.Ordinal) && IsKnown(form[..^w.Length], words)));

    private static bool IsKnown(string rest, HashSet<string> words) => rest.Length < 4 || All.Value.Contains(rest) || words.Contains(rest) || Trim(rest).Length == 0;

    // Fingers that run along the keyboard, the alphabet or the digits, forth or back: all but two steps are such.
    private static bool IsWalk(string text)
    {
        if (text.Length < 4) { return false; }
        var steps = 0;
        for (var i = 1; i < text.Length; i++) { if (IsStep(text[i - 1], text[i])) { steps++; } }
        return steps >= text.Length - 1 - Math.Min(2, text.Length / 5);
    }

    private static bool IsStep(char from, char to) => from == to || Rows.Any(row =>
    {
        var (a, b) = (row.IndexOf(from, StringComparison.Ordinal), row.IndexOf(to, StringComparison.Ordinal));
        return a >= 0 && b >= 0 && (Math.Abs(a - b) == 1 || Math.Abs(a - b) == row.Length - 1);
    });

    private static IEnumerable<string> Split(string? text) =>
        (text ?? "").ToLowerInvariant().Split([' ', '@', '.', '-', '_', '+', '&', ',', '\''], StringSplitOptions.RemoveEmptyEntries).Append(Compact((text ?? "").ToLowerInvariant()));

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("Platform.Features.Accounts.Domain.common-passwords.txt") ?? throw new InvalidOperationException("the list of common passwords is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#')).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(w => w.Trim()).Where(w => w.Length > 2).ToFrozenSet(StringComparer.Ordinal);
    }
}
