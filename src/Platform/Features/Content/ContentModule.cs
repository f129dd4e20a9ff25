using Platform.Features.Content.Actions;
using Platform.Features.Content.Api;
using Platform.Features.Content.Contracts;
using Platform.Features.Content.Store;
using Platform.Features.Media.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Storage;

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
        services.AddTransient<ReadPosts>().AddTransient<PreparePost>().AddTransient<WritePost>();
        services.AddTransient<IPosts, PostsDoor>().AddTransient<IPublicationObserver, NotePostState>().AddTransient<IMediaUse, PostMediaUse>();
        services.AddTransient<CreatePost>().AddTransient<UpdatePost>().AddTransient<GetPost>().AddTransient<ListPosts>().AddTransient<DeletePost>()
            .AddTransient<RestorePost>().AddTransient<DuplicatePost>().AddTransient<PreviewPost>().AddTransient<CheckPost>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => ContentEndpoints.Map(app);
}
