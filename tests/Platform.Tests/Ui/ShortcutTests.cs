using Microsoft.Extensions.DependencyInjection;
using Platform.Tests.TestKit;
using Platform.Ui;

namespace Platform.Tests.Ui;

public sealed class ShortcutTests
{
    /// <summary>Two entries with the same keys leave one of them unreachable, and broke every page that listed the keys.</summary>
    [Fact]
    public async Task No_two_entries_of_the_menu_have_the_same_keys()
    {
        await using var app = new PlatformApp();
        var twice = app.Services.GetServices<MenuEntry>().Where(e => e.Shortcut is not null).GroupBy(e => (e.Area, e.Shortcut)).Where(g => g.Count() > 1);
        twice.Select(g => $"{g.Key.Shortcut}: {string.Join(", ", g.Select(e => e.Text))}").ShouldBeEmpty();
    }
}
