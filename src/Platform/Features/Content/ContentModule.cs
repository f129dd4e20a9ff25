using Platform.Features.Content.Actions;
using Platform.Features.Content.Api;
using Platform.Features.Content.Contracts;
using Platform.Features.Content.Store;
using Platform.Features.Content.Ui;
using Platform.Features.Media.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Content;

/// <summary>Wires this up.</summary>
public sealed class ContentModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCollection(PostStore.Collection);
        services.AddSingleton<PostStore>();
        services.AddTransient<IFirstStep, WriteFirstPost>();
        services.AddTransient<ReadPosts>().AddTransient<PreparePost>().AddTransient<WritePost>();
        services.AddTransient<IPosts, PostsDoor>().AddTransient<IPublicationObserver, NotePostState>().AddTransient<IMediaUse, PostMediaUse>().AddSingleton<IPostHistory, PostHistory>();
        services.AddTransient<CreatePost>().AddTransient<UpdatePost>().AddTransient<GetPost>().AddTransient<ListPosts>().AddTransient<DeletePost>()
            .AddTransient<RestorePost>().AddTransient<DuplicatePost>().AddTransient<PreviewPost>().AddTransient<CheckPost>();
        AddPages(services);
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => ContentEndpoints.Map(app);

    private static void AddPages(IServiceCollection services)
    {
        services.AddTransient<ComposerServices>().AddTransient<PostsPageActions>();
        services.AddSingleton(new MenuEntry(MenuArea.Customer, 30, "Posts", "/posts", "article", Permission.ContentRead, "g p"));
        services.AddSingleton(new PaletteAction(MenuArea.Customer, 10, "Write a post", "/compose", "edit", Permission.ContentWrite, "c"));
    }
}
