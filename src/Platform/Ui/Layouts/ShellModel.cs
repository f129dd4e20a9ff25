using System.Security.Cryptography;
using System.Text;
using Platform.Tenancy;

namespace Platform.Ui.Layouts;

/// <summary>What a frame shows to one caller: computed once per circuit and shared by its parts.</summary>
/// <param name="Caller">Who looks.</param>
/// <param name="Reader">How times are shown.</param>
/// <param name="Menu">The pages they may open, in order.</param>
/// <param name="Actions">What the palette offers besides pages.</param>
/// <param name="Parts">The features' components in the frame.</param>
public sealed record ShellModel(Caller Caller, ReaderSettings Reader, IReadOnlyList<MenuEntry> Menu, IReadOnlyList<PaletteAction> Actions, IReadOnlyList<HeaderPart> Parts)
{
    /// <summary>Differs where another menu or other actions are offered, on whichever copy it is computed.</summary>
    public string Offer { get; } = Print([.. Menu.Select(m => m.Url), "", .. Actions.Select(a => a.Url)]);

    /// <summary>Components for a place in the frame.</summary>
    public IEnumerable<HeaderPart> In(ShellSlot slot) => Parts.Where(p => p.Slot == slot);

    /// <summary>Chooses from all registrations what this caller sees in an area.</summary>
    public static ShellModel For(MenuArea area, Caller caller, ReaderSettings reader, IEnumerable<MenuEntry> menu, IEnumerable<PaletteAction> actions, IEnumerable<HeaderPart> parts) => new(
        caller, reader,
        [.. menu.Where(m => m.Area == area && caller.May(m.Permission)).OrderBy(m => m.Order).ThenBy(m => m.Text, StringComparer.Ordinal)],
        [.. actions.Where(a => a.Area == area && caller.May(a.Permission)).OrderBy(a => a.Order)],
        [.. parts.Where(p => p.Area == area).OrderBy(p => p.Order)]);

    private static string Print(IEnumerable<string> urls) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', urls))))[..12];
}
