using System.Text.RegularExpressions;
using System.Xml.Linq;
using Platform.Tests.TestKit;
using Platform.Ui.Parts;

namespace Platform.Tests.Ui;

/// <summary>What the eye would find too late: missing words, missing icons, themes that drift apart, colours outside the tokens.</summary>
public sealed partial class DesignRules
{
    private static readonly string Root = PlatformApp.RepositoryRoot();
    private static readonly HashSet<string> Symbols = [.. File.ReadAllLines(Path.Combine(Root, "wwwroot/fonts/symbols.txt"))];

    [Fact]
    public void Every_icon_is_in_the_font() =>
        Sources("*.razor", "*.cs").SelectMany(f => IconName().Matches(f.Text).Concat(MenuIcon().Matches(f.Text)).Select(m => m.Groups[1].Value + m.Groups[2].Value).Where(n => n.Length > 0 && !Symbols.Contains(n)).Select(n => $"{f.Name}: {n}")).ShouldBeEmpty();

    [Fact]
    public void Every_word_of_the_frame_and_the_parts_is_in_its_resource_file()
    {
        var known = XDocument.Load(Path.Combine(Root, "src/Platform/Ui/Texts.resx")).Descendants("data").Select(d => d.Attribute("name")!.Value).ToHashSet();
        var used = Sources("*.razor", "*.cs").Where(f => f.Name.StartsWith("Ui/", StringComparison.Ordinal)).SelectMany(f => Word().Matches(f.Text).Select(m => m.Groups[1].Value)).Distinct().ToList();

        used.Count.ShouldBeGreaterThan(40);
        used.Except(known).ShouldBeEmpty();
    }

    [Fact]
    public void Every_word_of_a_feature_is_in_a_resource_file_beside_its_pages()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Root, "src/Platform/Features")).Select(feature => Path.Combine(feature, "Ui")).Where(Directory.Exists)
            .Select(pages => (Pages: pages, Words: Directory.EnumerateFiles(pages, "*.resx", SearchOption.AllDirectories).ToList())).Where(f => f.Words.Count > 0).ToList();
        var missing = from folder in folders
                      let known = folder.Words.SelectMany(f => XDocument.Load(f).Descendants("data").Select(d => d.Attribute("name")!.Value)).ToHashSet()
                      from file in Directory.EnumerateFiles(folder.Pages, "*.razor", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(folder.Pages, "*.cs", SearchOption.AllDirectories))
                      from word in Word().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)
                      where !known.Contains(word)
                      select $"{Path.GetFileName(file)}: {word}";

        folders.Count.ShouldBeGreaterThan(3);
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Dark_by_choice_and_dark_by_the_system_are_the_same()
    {
        var css = File.ReadAllText(Path.Combine(Root, "wwwroot/css/tokens.css"));
        Tokens(css, "[data-theme=\"dark\"] {").ShouldBe(Tokens(css, ":root:not([data-theme]) {"));
    }

    [Theory]
    [InlineData("text", "surface", 7)]
    [InlineData("text-muted", "surface", 4.5)]
    [InlineData("text-muted", "sunken", 4.5)]
    [InlineData("text-faint", "surface", 4.5)]
    [InlineData("text-faint", "canvas", 4.5)]
    [InlineData("accent-text", "surface", 4.5)]
    [InlineData("accent-text", "accent-soft", 4.5)]
    [InlineData("on-accent", "accent", 4.5)]
    [InlineData("success", "success-soft", 4.5)]
    [InlineData("warning", "warning-soft", 4.5)]
    [InlineData("danger", "danger-soft", 4.5)]
    [InlineData("info", "info-soft", 4.5)]
    [InlineData("danger", "surface", 4.5)]
    [InlineData("border-strong", "surface", 3)]
    [InlineData("chart-1", "surface", 3)]
    public void Colours_that_meet_have_enough_contrast_in_both_themes(string front, string back, double least)
    {
        var css = File.ReadAllText(Path.Combine(Root, "wwwroot/css/tokens.css"));
        foreach (var theme in new[] { ":root {", "[data-theme=\"dark\"] {" })
        {
            var tokens = Tokens(css, theme);
            Contrast(tokens[front], tokens[back]).ShouldBeGreaterThanOrEqualTo(least, $"--{front} on --{back} under {theme}");
        }
    }

    [Fact]
    public void Components_name_no_colour_and_carry_no_inline_style()
    {
        var offenders = Sources("*.razor", "*.razor.css").Where(f => !f.Name.Contains("/Styleguide/", StringComparison.Ordinal))
            .SelectMany(f => Colour().Matches(f.Text).Concat(InlineStyle().Matches(f.Text)).Select(m => $"{f.Name}: {m.Value.Trim()}"));
        offenders.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-30, "now")]
    [InlineData(-90, "2 minutes ago")]
    [InlineData(60, "in 1 minute")]
    [InlineData(7200, "in 2 hours")]
    [InlineData(-86400, "1 day ago")]
    [InlineData(-700000, null)]
    public void Relative_times_read_well(int seconds, string? words)
    {
        var now = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
        RelativeTime.Say(now.AddSeconds(seconds), now).ShouldBe(words);
    }

    [Fact]
    public void A_line_breaks_where_there_is_no_data() => ChartShapes.Lines([1, 2, null, 3, 4], 100, 20).Count.ShouldBe(2);

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 4)]
    [InlineData(7, 8)]
    [InlineData(12, 20)]
    [InlineData(500, 600)]
    [InlineData(990, 1000)]
    public void The_top_of_a_chart_is_a_round_number(double highest, double top) => ChartShapes.Ceiling(highest).ShouldBe(top);

    private static IEnumerable<(string Name, string Text)> Sources(params string[] patterns)
    {
        var folder = Path.Combine(Root, "src/Platform");
        return patterns.SelectMany(p => Directory.EnumerateFiles(folder, p, SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText(f)));
    }

    private static Dictionary<string, string> Tokens(string css, string head)
    {
        var block = css[(css.IndexOf(head, StringComparison.Ordinal) + head.Length)..];
        return Token().Matches(block[..block.IndexOf('}', StringComparison.Ordinal)]).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value.Trim());
    }

    // WCAG 2.2, relative luminance.
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var parts = Enumerable.Range(0, 3).Select(i => Convert.ToInt32(hex.Substring(1 + (i * 2), 2), 16) / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex("Icons\\.(?:Of|Small)\\(\"([a-z_0-9]+)\"|Icon=\"([a-z_0-9]+)\"")]
    private static partial Regex IconName();

    [GeneratedRegex("new (?:MenuEntry|PaletteAction)\\(MenuArea\\.\\w+, \\d+, \"[^\"]+\", \"[^\"]+\", \"([a-z_0-9]+)\"")]
    private static partial Regex MenuIcon();

    [GeneratedRegex("\\b(?:T|Words)\\[\"([\\w.]*\\w)\"[\\],]")]
    private static partial Regex Word();

    [GeneratedRegex("--([a-z0-9-]+):\\s*([^;]+);")]
    private static partial Regex Token();

    [GeneratedRegex("(?<![&\\w])#[0-9a-fA-F]{6}\\b|\\brgba?\\(")]
    private static partial Regex Colour();

    [GeneratedRegex("\\sstyle=\"")]
    private static partial Regex InlineStyle();
}
