using Platform.Tenancy;

namespace Platform.Ui;

/// <summary>An entry of the navigation and of the command palette; modules register them with <c>services.AddSingleton(new MenuEntry(…))</c>.</summary>
/// <param name="Area">Which shell it belongs to.</param>
/// <param name="Order">Where in the list; by tens.</param>
/// <param name="Text">The words.</param>
/// <param name="Url">Where it leads (relative, no leading slash missing: <c>/calendar</c>).</param>
/// <param name="Icon">A Material Symbols name as Radzen draws them, such as <c>calendar_month</c>.</param>
/// <param name="Permission">Who sees it.</param>
/// <param name="Shortcut">Keys such as <c>g c</c>; null for none.</param>
public sealed record MenuEntry(MenuArea Area, int Order, string Text, string Url, string Icon, Permission Permission, string? Shortcut = null)
{
    /// <summary>A component that says how many things wait there, such as <c>&lt;span class="count"&gt;</c>; it draws nothing where none does.</summary>
    public Type? Badge { get; init; }
}

/// <summary>Which shell a menu entry belongs to.</summary>
public enum MenuArea
{
    /// <summary>The customers' app.</summary>
    Customer,

    /// <summary>The staff's pages under /admin.</summary>
    Staff,
}
