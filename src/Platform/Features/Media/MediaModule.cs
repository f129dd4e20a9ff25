using Microsoft.Extensions.Options;
using Platform.Coordination;
using Platform.Features.Media.Actions;
using Platform.Features.Media.Api;
using Platform.Features.Media.Contracts;
using Platform.Features.Media.Jobs;
using Platform.Features.Media.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Jobs;
using Platform.Storage;

namespace Platform.Features.Media;

/// <summary>Wires this up.</summary>
public sealed class MediaModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddCollection(MediaStore.Collection);
        services.AddSingleton<MediaStore>();
        AddFiles(services, builder.Configuration);
        services.AddTransient<IMedia, MediaDoor>().AddTransient<IOrganizationEnd, RemoveOrganizationMedia>();
        services.AddSingleton<IPictureCleaner, PictureCleaner>().AddSingleton<DrawAnew>().AddHostedService<DrawingAtStart>();
        services.AddTransient<MediaIntake>().AddTransient<UploadMedia>().AddTransient<GetMedia>().AddTransient<ListMedia>().AddTransient<UpdateMedia>()
            .AddTransient<DeleteMedia>().AddTransient<GetMediaUsage>().AddTransient<ReadMedia>().AddTransient<RemoveUnusedMedia>();
        services.AddJob<RemoveUnusedMediaFiles, Nothing>();
    }

    // Which it is must be known here: the database's needs a service of its own that runs.
    private static void AddFiles(IServiceCollection services, IConfiguration settings)
    {
        services.AddCollection(MediaChunkStore.Collection).AddSingleton<MediaChunkStore>();
        // Words that mean nothing are refused with the other mistakes, at start.
        Enum.TryParse<MediaPlace>(settings[$"{MediaOptions.Section}:{nameof(MediaOptions.Place)}"], ignoreCase: true, out var place);
        var isMongo = Enum.TryParse<StorageEngine>(settings["Storage:Engine"], ignoreCase: true, out var engine) && engine == StorageEngine.Mongo;
        if (place == MediaPlace.Folder || (place == MediaPlace.Auto && !isMongo)) { services.AddSingleton<IMediaFiles>(provider => Folder(provider, "media")); return; }
        services.AddSingleton(provider => new StoredMediaFiles(Folder(provider, "media-cache"), Folder(provider, "media"), provider.GetRequiredService<MediaChunkStore>(), provider.GetRequiredService<ISignals>()));
        services.AddSingleton<IMediaFiles>(provider => provider.GetRequiredService<StoredMediaFiles>());
        services.AddSingleton<KeepMediaCache>().AddHostedService<MediaCacheKeeper>();
    }

    private static FolderMediaFiles Folder(IServiceProvider provider, string name) =>
        new(Path.GetFullPath(Path.Combine(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory, name)));

    /// <inheritdoc />
    public static void Map(WebApplication app) => MediaEndpoints.Map(app, app.Services.GetRequiredService<IOptions<MediaOptions>>().Value.MaxBytes);
}
