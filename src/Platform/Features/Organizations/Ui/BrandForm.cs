using System.Text.RegularExpressions;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Contracts;

namespace Platform.Features.Organizations.Ui;

/// <summary>A brand as its page edits it: lists are lines or words between commas, examples stand between empty lines.</summary>
public sealed partial class BrandForm
{
    private const string Gap = "\n\n";

    /// <summary>The voice.</summary>
    public string Voice { get; set; } = "";

    /// <summary>Tone words, between commas.</summary>
    public string Tone { get; set; } = "";

    /// <summary>What to do, in lines.</summary>
    public string Do { get; set; } = "";

    /// <summary>What not to do, in lines.</summary>
    public string Dont { get; set; } = "";

    /// <summary>Forbidden words, in lines or between commas.</summary>
    public string Forbidden { get; set; } = "";

    /// <summary>Example posts, between empty lines.</summary>
    public string Examples { get; set; } = "";

    /// <summary>The audience.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Language tags, between commas.</summary>
    public string Languages { get; set; } = "";

    /// <summary>Colours, between commas or spaces.</summary>
    public string Colors { get; set; } = "";

    /// <summary>The colours that can be shown already.</summary>
    public IReadOnlyList<string> Swatches => [.. Split(Colors, ", \n").Where(c => Color().IsMatch(c)).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>A stored brand to edit.</summary>
    public static BrandForm Of(BrandView view) => new()
    {
        Voice = view.Voice, Tone = string.Join(", ", view.Tone), Do = string.Join('\n', view.Do), Dont = string.Join('\n', view.Dont), Forbidden = string.Join('\n', view.ForbiddenWords),
        Examples = string.Join(Gap, view.Examples), Audience = view.Audience, Languages = string.Join(", ", view.Languages), Colors = string.Join(", ", view.Colors),
    };

    /// <summary>What to ask for.</summary>
    public SetBrandRequest ToRequest() => new(
        Voice, Split(Tone, ",\n"), Split(Do, "\n"), Split(Dont, "\n"), Split(Colors, ", \n"),
        Examples.ReplaceLineEndings("\n").Split(Gap, StringSplitOptions.RemoveEmptyEntries), Audience, Split(Languages, ", \n"), Split(Forbidden, ",\n"));

    private static string[] Split(string text, string separators) => text.ReplaceLineEndings("\n").Split(separators.ToCharArray(), StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Color();
}
