using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Tests.Architecture;

/// <summary>A method as the size rules see it.</summary>
internal sealed record MethodSize(string Name, int Lines, int Nesting, int Parameters, bool IsConstructor);

/// <summary>Reads C# text just well enough to count: strings and comments are blanked, then braces are walked. Not a compiler; the twins in SizeRules hold what it must see.</summary>
internal static partial class SourceText
{
    public static IReadOnlyList<MethodSize> Methods(string source)
    {
        var text = Blank(source);
        var found = new List<MethodSize>();
        var blocks = new Stack<(string Kind, string Head, int Start, int Depth)>();
        var (headStart, deepest) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case ';' when !InParentheses(text, headStart, i): headStart = i + 1; break;
                case '{':
                    var head = text[headStart..i].Trim();
                    var kind = KindOf(head, blocks.Count > 0 ? blocks.Peek().Kind : "type");
                    if (kind == "method") { deepest = 0; }
                    var depth = kind == "control" && blocks.Count > 0 ? blocks.Peek().Depth + 1 : kind == "method" || blocks.Count == 0 ? 0 : blocks.Peek().Depth;
                    deepest = Math.Max(deepest, depth);
                    blocks.Push((kind, head, i, depth));
                    headStart = i + 1;
                    break;
                case '}' when blocks.Count > 0:
                    var block = blocks.Pop();
                    if (block.Kind == "method") { found.Add(Measure(block.Head, text[block.Start..i], deepest)); }
                    headStart = i + 1;
                    break;
            }
        }
        return found;
    }

    /// <summary>Parameter counts of constructors, primary ones of classes included (records are data and do not count).</summary>
    public static IEnumerable<(string Name, int Parameters)> Constructors(string source)
    {
        var text = Blank(source);
        foreach (Match match in PrimaryConstructor().Matches(text)) { yield return (match.Groups[1].Value, CountParameters(text, match.Index + match.Length - 1)); }
        foreach (var method in Methods(source).Where(m => m.IsConstructor)) { yield return (method.Name, method.Parameters); }
    }

    private static MethodSize Measure(string head, string body, int nesting)
    {
        var open = head.IndexOf('(', StringComparison.Ordinal);
        var name = NameBefore().Match(head[..open]).Value;
        var isConstructor = ConstructorHead().IsMatch(head[..open].Trim());
        return new(name, Math.Max(0, body.Count(c => c == '\n') - 1), nesting, CountParameters(head, open), isConstructor);
    }

    private static string KindOf(string head, string parent)
    {
        if (TypeHead().IsMatch(head)) { return "type"; }
        if (parent == "type") { return MethodHead().IsMatch(head) && !head.Contains("=>", StringComparison.Ordinal) && !Assigns().IsMatch(head) ? "method" : "other"; }
        return ControlHead().IsMatch(head) ? "control" : "other";
    }

    private static int CountParameters(string text, int open)
    {
        var (depth, commas, any) = (0, 0, false);
        for (var i = open; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '(' or '<' or '[' or '{') { depth++; }
            else if (c is ')' or '>' or ']' or '}') { depth--; }
            else if (c == ',' && depth == 1) { commas++; }
            else if (!char.IsWhiteSpace(c)) { any = true; }
            if (depth == 0) { break; }
        }
        return any ? commas + 1 : 0;
    }

    private static bool InParentheses(string text, int from, int to)
    {
        var depth = 0;
        for (var i = from; i < to; i++) { depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 }; }
        return depth > 0;
    }

    private static string Blank(string source)
    {
        var text = new StringBuilder(Literals().Replace(source, m => m.Value.StartsWith("//", StringComparison.Ordinal) ? "" : new string('\n', m.Value.Count(c => c == '\n'))));
        return text.ToString();
    }

    [GeneratedRegex("""
        \$*(\"{3,})[\s\S]*?\1|(?:\$@|@\$|@)"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*[\s\S]*?\*/|^\s*\#[^\n]*
        """, RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Literals();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum|namespace)\s+\w")] private static partial Regex TypeHead();
    [GeneratedRegex(@"^(else\b|do$|try$|finally$|if\s*\(|else\s+if|for\s*\(|foreach\s*\(|await\s+foreach|await\s+using\s*\(|while\s*\(|switch\s*\(|catch\b|using\s*\(|lock\s*\(|case\b.*:\s*$)", RegexOptions.Singleline)] private static partial Regex ControlHead();
    [GeneratedRegex(@"\w\s*(<[^()]*>)?\s*\([\s\S]*\)\s*(:\s*(base|this)\s*\([\s\S]*\)\s*)?(where\b[\s\S]*)?$")] private static partial Regex MethodHead();
    [GeneratedRegex(@"^[^(]*[^=!<>]=[^=>]")] private static partial Regex Assigns();
    [GeneratedRegex(@"\w+(?=\s*(<[^()]*>)?\s*$)")] private static partial Regex NameBefore();
    [GeneratedRegex(@"^(\[[^\]]*\]\s*)*(public|internal|private|protected)\s+\w+$")] private static partial Regex ConstructorHead();
    [GeneratedRegex(@"\bclass\s+(\w+)(?:<[^>(]*>)?\s*\(")] private static partial Regex PrimaryConstructor();
}
