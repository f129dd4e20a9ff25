using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Platform.Ui.Parts;

/// <summary>
/// Icons, drawn by the part that asks. They are no components, because each component holds two to three kilobytes in every open page, and a page has dozens
/// of these. A name is one of wwwroot/fonts/symbols.txt. Never the only carrier of a meaning: a word or a label stands beside it.
/// </summary>
public static class Icons
{
    private static readonly ConcurrentDictionary<(string Name, string Classes), RenderFragment> Drawn = new();

    /// <summary>20 px.</summary>
    public static RenderFragment Of(string name, string? classes = null) => Draw(name, classes is null ? "icon" : $"icon {classes}");

    /// <summary>16 px.</summary>
    public static RenderFragment Small(string name, string? classes = null) => Draw(name, classes is null ? "icon small" : $"icon small {classes}");

    private static RenderFragment Draw(string name, string classes) => Drawn.GetOrAdd((name, classes), static key =>
    {
        var encode = HtmlEncoder.Default;
        var html = $"<span class=\"{encode.Encode(key.Classes)}\" aria-hidden=\"true\" translate=\"no\">{encode.Encode(key.Name)}</span>";
        return builder => builder.AddMarkupContent(0, html);
    });
}

/// <summary>Keys of a keyboard; no components either, for the same reason.</summary>
public static class KeyCaps
{
    /// <summary>Keys one after another, such as <c>g c</c>.</summary>
    public static RenderFragment Of(string keys)
    {
        var html = string.Join(' ', keys.Split(' ').Select(key => $"<kbd class=\"kbd\">{HtmlEncoder.Default.Encode(key)}</kbd>"));
        return builder => builder.AddMarkupContent(0, html);
    }
}
