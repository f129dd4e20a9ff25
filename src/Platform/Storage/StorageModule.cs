using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Primitives;
using Platform.Storage.Sqlite;

namespace Platform.Storage;

/// <summary>Wires this up.</summary>
public sealed class StorageModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<StorageOptions>().BindConfiguration("Storage")
            .Configure<IConfiguration>((options, settings) => options.DataDirectory = Path.GetFullPath(settings["Platform:DataDirectory"] ?? options.DataDirectory))
            .Validate(o => o.Engine == StorageEngine.Sqlite, "Storage:Engine Mongo is not built in yet; use Sqlite.")
            .ValidateOnStart();
        builder.Services.AddSingleton(services => SqliteDocumentStore.Open(services.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory, services.GetServices<ICollection>()));
        builder.Services.AddSingleton<IDocumentStore>(services => services.GetRequiredService<SqliteDocumentStore>());
        builder.Services.AddSingleton<IStorageHealth, SqliteHealth>();
        builder.Services.AddSingleton<ICommand, BackupCommand>().AddSingleton<ICommand, RestoreCommand>();
        builder.Services.AddHostedService<StorageStart>();
        builder.Services.AddHostedService<ExpirySweeper>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
