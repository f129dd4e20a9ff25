using System.Text.RegularExpressions;
using Platform.Tests.TestKit;

namespace Platform.Tests.Ui;

/// <summary>Every word that a page draws comes from a resource file: what stands as a literal in markup cannot be translated.</summary>
public sealed partial class WordRules
{
    private const string Calls = @"\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)";

    // Not words of a language: names that a standard or a machine fixes, and the product's own name.
    private static readonly HashSet<string> Fixed =
    [
        "<!DOCTYPE html>", "· Platform", "Ctrl K", "https://",
        "utm_source", "utm_medium", "utm_campaign", "{network}", "{date}", "social",
        "curl -H \"Authorization: Bearer $KEY\"",
    ];

    [Fact]
    public void No_page_holds_a_literal_word()
    {
        var pages = Path.Combine(PlatformApp.RepositoryRoot(), "src/Platform");
        var offenders = Directory.EnumerateFiles(pages, "*.razor", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.EndsWith("_Imports.razor", StringComparison.Ordinal))
            // The styleguide shows parts to those who build pages, with sample texts; it is served in development only.
            .Where(f => !f.Contains("/Styleguide/", StringComparison.Ordinal))
            .SelectMany(f => Literals(File.ReadAllText(f)).Where(w => !Fixed.Contains(w)).Select(w => $"{Path.GetRelativePath(pages, f)}: {w}"));
        offenders.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<p>Not saved</p>", "Not saved")]
    [InlineData("<button @onclick=\"() => Go()\"><Icon Name=\"add\" /> New post</button>", "New post")]
    [InlineData("<dd>@job.Attempt of @job.MaxAttempts</dd>", "of")]
    [InlineData("@if (a > b)\n{\n    <p>\n        Nothing here\n    </p>\n}", "Nothing here")]
    [InlineData("<PageFrame Title=\"Posts\">", "Posts")]
    [InlineData("<input aria-label=\"Search\" />", "Search")]
    public void The_rule_bites(string markup, string found) => Literals(markup).ShouldBe([found]);

    [Theory]
    [InlineData("@page \"/posts\"\n@using Some.Name\n@* A comment in words *@\n<p>@T[\"Some.Word\"]</p>")]
    [InlineData("<p>@(Count == 1 ? T[\"One\"] : T[\"Many\", Count.ToString(\"N0\")])</p>")]
    [InlineData("@foreach (var (item, at) in Items.Select((x, i) => (x, i)))\n{\n    <li @key=\"item\">@item.Name.ToUpperInvariant()[..1]</li>\n}")]
    [InlineData("@{ var look = Of(state); }<Badge Tone=\"look.Tone\" Text=\"@look.Text\" />")]
    [InlineData("<p>1 · 2</p>\n@code {\n    private string Word => \"not drawn\";\n}")]
    public void The_rule_spares_what_is_fine(string markup) => Literals(markup).ShouldBeEmpty();

    private static IReadOnlyList<string> Literals(string razor)
    {
        var markup = Comment().Replace(razor, "");
        var code = markup.IndexOf("\n@code", StringComparison.Ordinal);
        markup = Directive().Replace(code < 0 ? markup : markup[..code], "");
        var drawn = Expression().Replace(Tag().Replace(Block().Replace(Control().Replace(markup, ""), ""), "\0"), "");
        var texts = drawn.Split('\0', '\n').Select(t => Else().Replace(t, "").Trim()).Where(t => Word().IsMatch(t) && !Statement().IsMatch(t));
        return [.. SpokenAttribute().Matches(markup).Select(m => m.Groups[1].Value).Concat(texts)];
    }

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*@(page|using|inject|attribute|layout|inherits|implements|typeparam|namespace)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"@?\b(?:else if|if|foreach|for|switch|while)\s*" + Calls + @"\s*\{?")]
    private static partial Regex Control();

    [GeneratedRegex(@"@\{[^}]*\}")]
    private static partial Regex Block();

    [GeneratedRegex("""</?[A-Za-z](?:[^<>"]|"[^"]*")*>""")]
    private static partial Regex Tag();

    [GeneratedRegex(@"@(?:await )?(?:" + Calls + @"|[A-Za-z_]\w*)(?:[!?]?\.\w+|" + Calls + @"|\[(?:[^\[\]]|\[[^\[\]]*\])*\]|!)*")]
    private static partial Regex Expression();

    [GeneratedRegex(@"(?<![\w@-])(?:Title|Text|Label|Hint|Reason|Example|ActionText|placeholder|aria-label|alt|title|None|Period)=""([^""@]*[A-Za-z]{2}[^""@]*)""")]
    private static partial Regex SpokenAttribute();

    [GeneratedRegex(@"\belse\b")]
    private static partial Regex Else();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?:case\b.*:|default:)$|;$")]
    private static partial Regex Statement();
}
