using System.Text.RegularExpressions;
using Platform.Tests.TestKit;

namespace Platform.Tests.Architecture;

/// <summary>Text stays text: nothing in the app writes markup past the encoder, and nothing needs inline code or styles, which the content security policy stops.</summary>
public sealed partial class MarkupRules
{
    private static readonly string Root = PlatformApp.RepositoryRoot();

    [Fact]
    public void Nothing_writes_markup_past_the_encoder() => Files("src", "*.cs", "*.razor").Concat(Files("wwwroot/js", "*.js")).SelectMany(f => Raw().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileName(f)}: {m.Value}")).ShouldBeEmpty();

    [Fact]
    public void No_page_needs_inline_code_or_styles() => Files("src", "*.razor").SelectMany(f => Inline().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileName(f)}: {m.Value}")).ShouldBeEmpty();

    [Theory]
    [InlineData("@((MarkupString)text)")]
    [InlineData("new HtmlString(text)")]
    [InlineData("builder.AddMarkupContent(0, text)")]
    [InlineData("element.innerHTML = text")]
    [InlineData("document.write(text)")]
    [InlineData("eval(text)")]
    public void Markup_rule_bites(string source) => Raw().IsMatch(source).ShouldBeTrue();

    [Theory]
    [InlineData("<p style=\"color:red\">")]
    [InlineData("<p style=\"@Style\">")]
    [InlineData("<button onclick=\"go()\">")]
    [InlineData("<script>go()</script>")]
    [InlineData("<a href=\"javascript:go()\">")]
    public void Inline_rule_bites(string source) => Inline().IsMatch(source).ShouldBeTrue();

    [Theory]
    [InlineData("<button @onclick=\"Go\">")]
    [InlineData("<script src=\"js/start.js\"></script>")]
    [InlineData("<TimeText Style=\"TimeStyle.Exact\" />")]
    public void Inline_rule_spares_what_is_fine(string source) => Inline().IsMatch(source).ShouldBeFalse();

    // Without a binding the server does not know what the browser shows by now: over a slow line its answer to one key takes back the keys after it.
    [Fact]
    public void What_is_typed_is_bound_and_not_drawn_over() => Files("src", "*.razor").SelectMany(f => Unbound().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileName(f)}: {m.Value}")).ShouldBeEmpty();

    [Theory]
    [InlineData("<textarea value=\"@Text\" @oninput=\"e => Go(e)\"></textarea>", true)]
    [InlineData("<input @oninput=\"Go\" value=\"@_text\" />", true)]
    [InlineData("<input @bind:event=\"oninput\" @bind:get=\"Text\" @bind:set=\"Go\" />", false)]
    [InlineData("<input @oninput=\"Go\" />", false)]
    public void Binding_rule_bites(string source, bool bites) => Unbound().IsMatch(source).ShouldBe(bites);

    private static IEnumerable<string> Files(string folder, params string[] patterns) => patterns.SelectMany(p => Directory.EnumerateFiles(Path.Combine(Root, folder), p, SearchOption.AllDirectories))
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex("""<(?:input|textarea)\b[^<]*?(?:\svalue="@[^<]*?@oninput=|@oninput=[^<]*?\svalue="@)""")]
    private static partial Regex Unbound();

    [GeneratedRegex(@"\bMarkupString\b|\bHtmlString\b|\bAddMarkupContent\b|\.innerHTML\b|\.outerHTML\b|\binsertAdjacentHTML\b|\bdocument\.write|\beval\(|\bnew Function\(")]
    private static partial Regex Raw();

    [GeneratedRegex("""(?<![A-Za-z@])style="|(?<![A-Za-z@:-])on[a-z]+="(?!@)|<script>|<style|javascript:""")]
    private static partial Regex Inline();
}
