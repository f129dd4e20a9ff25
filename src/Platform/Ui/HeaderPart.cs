using Platform.Tenancy;

namespace Platform.Ui;

/// <summary>Where in the frame a feature's component stands.</summary>
public enum ShellSlot
{
    /// <summary>Top of the side navigation: the organization switch.</summary>
    NavigationTop,

    /// <summary>Bottom of the side navigation: the signed-in person.</summary>
    NavigationBottom,

    /// <summary>Right end of the bar on top: the bell.</summary>
    Bar,

    /// <summary>Above the page's content: announcements and warnings that concern every page.</summary>
    Banner,
}

/// <summary>
/// A component that a feature puts into the frame; modules register it with <c>services.AddSingleton(new HeaderPart(…))</c>. The component takes
/// no parameters and shows nothing where it has nothing to say. A failure inside it never takes the page with it.
/// </summary>
/// <param name="Area">Which shell.</param>
/// <param name="Slot">Where.</param>
/// <param name="Order">Among its neighbours; by tens.</param>
/// <param name="Component">The component's type.</param>
public sealed record HeaderPart(MenuArea Area, ShellSlot Slot, int Order, Type Component);

/// <summary>Something the command palette offers besides the pages of the menu; modules register it as a singleton.</summary>
/// <param name="Area">Which shell.</param>
/// <param name="Order">Where in the list; by tens.</param>
/// <param name="Text">Verb first: "Write a post".</param>
/// <param name="Url">The page that does it.</param>
/// <param name="Icon">A name of wwwroot/fonts/symbols.txt.</param>
/// <param name="Permission">Who is offered it.</param>
/// <param name="Shortcut">Keys such as <c>c</c>; null for none.</param>
public sealed record PaletteAction(MenuArea Area, int Order, string Text, string Url, string Icon, Permission Permission, string? Shortcut = null);
