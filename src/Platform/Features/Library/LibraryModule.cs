using Platform.Features.Content.Contracts;
using Platform.Features.Library.Actions;
using Platform.Features.Library.Api;
using Platform.Features.Library.Store;
using Platform.Features.Library.Ui;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Library;

/// <summary>Wires this up.</summary>
public sealed class LibraryModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCollection(LibraryStore.Templates).AddCollection(LibraryStore.HashtagSets);
        services.AddSingleton<LibraryStore>().AddTransient<LibraryWriter>().AddTransient<Templates>().AddTransient<HashtagSets>().AddTransient<LibraryActions>();
        services.AddSingleton(new ComposerPanel(typeof(LibraryPanel), "Library", 20));
        services.AddSingleton(new MenuEntry(MenuArea.Customer, 65, "Library", "/library", "bookmarks", Permission.ContentRead));
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => LibraryEndpoints.Map(app);
}
