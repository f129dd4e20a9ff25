using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;
using Platform.Ui.Parts;

namespace Platform.Ui.Layouts;

/// <summary>A link to a page of the menu, marked while that page is open. A NavLink itself and none around one: there are a dozen of them in every open page.</summary>
public sealed class NavigationLink : NavLink
{
    /// <summary>The page.</summary>
    [Parameter, EditorRequired]
    public required MenuEntry Entry { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // A start page is active only on itself; the others also on the pages below them.
        Match = Entry.Url is "/" or "/admin" ? NavLinkMatch.All : NavLinkMatch.Prefix;
        AdditionalAttributes = new Dictionary<string, object>(StringComparer.Ordinal) { ["class"] = "nav-link", ["href"] = Entry.Url, ["title"] = Entry.Text };
        ChildContent = Content;
        base.OnParametersSet();
    }

    private void Content(RenderTreeBuilder builder)
    {
        builder.AddContent(0, Icons.Of(Entry.Icon));
        builder.OpenElement(1, "span");
        builder.AddAttribute(2, "class", "label");
        builder.AddContent(3, Entry.Text);
        builder.CloseElement();
        if (Entry.Badge is not { } badge) { return; }
        builder.OpenComponent<SafePart>(4);
        builder.AddComponentParameter(5, nameof(SafePart.Component), badge);
        builder.CloseComponent();
    }
}
