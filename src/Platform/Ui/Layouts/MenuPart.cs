using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;
using Platform.Ui.Parts;

namespace Platform.Ui.Layouts;

/// <summary>
/// A part of the frame with links to the pages of the menu, those to the open page marked. It draws them itself: as components a dozen links held three
/// times as much in every open page.
/// </summary>
public abstract class MenuPart : FramePart, IDisposable
{
    private bool _moved;
    private string _path = "";

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= Follow;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _path = Path;
        Navigation.LocationChanged += Follow;
    }

    /// <inheritdoc />
    protected override bool ShouldRender()
    {
        var moved = _moved;
        _moved = false;
        return base.ShouldRender() || moved;
    }

    /// <summary>Links, in a list or side by side.</summary>
    protected RenderFragment Links(IEnumerable<MenuEntry> entries, bool asList) => builder =>
    {
        foreach (var entry in entries)
        {
            if (asList) { builder.OpenElement(0, "li"); builder.SetKey(entry.Url); }
            Link(builder, entry, asList);
            if (asList) { builder.CloseElement(); }
        }
    };

    // The name is in the link's text; where the navigation is narrow it stands in the title.
    private void Link(RenderTreeBuilder builder, MenuEntry entry, bool titled)
    {
        var open = IsOpen(entry, _path);
        builder.OpenElement(1, "a");
        if (!titled) { builder.SetKey(entry.Url); }
        builder.AddAttribute(2, "class", open ? "nav-link active" : "nav-link");
        builder.AddAttribute(3, "href", entry.Url);
        if (titled) { builder.AddAttribute(4, "title", entry.Text); }
        if (open) { builder.AddAttribute(5, "aria-current", "page"); }
        Icons.Draw(builder, entry.Icon);
        builder.OpenElement(111, "span");
        builder.AddAttribute(112, "class", "label");
        builder.AddContent(113, entry.Text);
        builder.CloseElement();
        if (entry.Badge is { } badge)
        {
            builder.OpenComponent<SafePart>(114);
            builder.AddComponentParameter(115, nameof(SafePart.Component), badge);
            builder.CloseComponent();
        }
        builder.CloseElement();
    }

    private string Path => "/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0];

    // A start page is open only itself; the others also while a page below them is.
    private static bool IsOpen(MenuEntry entry, string path) =>
        path.Equals(entry.Url, StringComparison.OrdinalIgnoreCase)
        || (entry.Url is not ("/" or "/admin") && path.StartsWith(entry.Url, StringComparison.OrdinalIgnoreCase) && path[entry.Url.Length] == '/');

    private void Follow(object? sender, LocationChangedEventArgs args)
    {
        var (before, now) = (_path, Path);
        _path = now;
        if (!Model.Menu.Any(entry => IsOpen(entry, before) != IsOpen(entry, now))) { return; }
        _moved = true;
        StateHasChanged();
    }
}
