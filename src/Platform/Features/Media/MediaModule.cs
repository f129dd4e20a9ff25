using Microsoft.Extensions.Options;
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
        services.AddSingleton<IMediaFiles>(provider => new FolderMediaFiles(
            Path.GetFullPath(Path.Combine(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory, "media"))));
        services.AddTransient<IMedia, MediaDoor>().AddTransient<IOrganizationEnd, RemoveOrganizationMedia>();
        services.AddSingleton<IPictureCleaner, PictureCleaner>().AddSingleton<DrawAnew>().AddHostedService<DrawingAtStart>();
        services.AddTransient<MediaIntake>().AddTransient<UploadMedia>().AddTransient<GetMedia>().AddTransient<ListMedia>().AddTransient<UpdateMedia>()
            .AddTransient<DeleteMedia>().AddTransient<GetMediaUsage>().AddTransient<ReadMedia>().AddTransient<RemoveUnusedMedia>();
        services.AddJob<RemoveUnusedMediaFiles, Nothing>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => MediaEndpoints.Map(app, app.Services.GetRequiredService<IOptions<MediaOptions>>().Value.MaxBytes);
}
