using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

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

    /// <summary>The same for a part that builds its own tree; takes the numbers 101 to 105 of its sequence.</summary>
    public static void Draw(RenderTreeBuilder builder, string name, string classes = "icon")
    {
        builder.OpenElement(101, "span");
        builder.AddAttribute(102, "class", classes);
        builder.AddAttribute(103, "aria-hidden", "true");
        builder.AddAttribute(104, "translate", "no");
        builder.AddContent(105, name);
        builder.CloseElement();
    }

    private static RenderFragment Draw(string name, string classes) => Drawn.GetOrAdd((name, classes), static key => builder => Draw(builder, key.Name, key.Classes));
}

/// <summary>Keys of a keyboard; no components either, for the same reason.</summary>
public static class KeyCaps
{
    /// <summary>Keys one after another, such as <c>g c</c>.</summary>
    public static RenderFragment Of(string keys) => builder =>
    {
        foreach (var key in keys.Split(' '))
        {
            builder.OpenElement(0, "kbd");
            builder.AddAttribute(1, "class", "kbd");
            builder.AddContent(2, key);
            builder.CloseElement();
        }
    };
}
