using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Primitives;
using Platform.Storage.Mongo;
using Platform.Storage.Sqlite;

namespace Platform.Storage;

/// <summary>Wires this up: one engine, chosen by <c>Storage:Engine</c>; the other is not even loaded.</summary>
public sealed class StorageModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var machine = ShiftedClock.Of(builder.Configuration, builder.Environment.IsDevelopment());
        if (machine != TimeProvider.System) { services.Replace(ServiceDescriptor.Singleton(machine)); }
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<StorageOptions>().BindConfiguration("Storage")
            .Configure<IConfiguration>((options, settings) => options.DataDirectory = Path.GetFullPath(settings["Platform:DataDirectory"] ?? options.DataDirectory))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, MongoSettings>();
        services.AddSingleton<ICommand>(s => new CopyCommand((engine, token) => OpenAsync(s, engine, token), s.GetServices<ICollection>(), s.GetRequiredService<IConfiguration>()));
        // A word that names no engine is refused with the other mistakes, at start.
        if (Enum.TryParse<StorageEngine>(builder.Configuration["Storage:Engine"], ignoreCase: true, out var engine) && engine == StorageEngine.Mongo) { AddMongo(services, machine); } else { AddSqlite(services); }
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }

    // The app's own engine is open already, or opens as the app's; the other one is opened for the copy.
    private static async Task<ICopyEnd> OpenAsync(IServiceProvider s, StorageEngine engine, CancellationToken cancellationToken)
    {
        var (options, collections) = (s.GetRequiredService<IOptions<StorageOptions>>().Value, s.GetServices<ICollection>());
        return engine == StorageEngine.Mongo
            ? new MongoCopyEnd(s.GetService<MongoDocumentStore>() ?? await MongoDocumentStore.OpenAsync(MongoAddress.Of(options), collections, s.GetRequiredService<ILogger<MongoDocumentStore>>(), cancellationToken))
            : new SqliteCopyEnd(s.GetService<SqliteDocumentStore>() ?? SqliteDocumentStore.Open(options.DataDirectory, collections));
    }

    private static void AddSqlite(IServiceCollection services)
    {
        services.AddSingleton(s => SqliteDocumentStore.Open(s.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory, s.GetServices<ICollection>()));
        services.AddSingleton<IDocumentStore>(s => s.GetRequiredService<SqliteDocumentStore>());
        services.AddSingleton<IStorageHealth, SqliteHealth>();
        services.AddSingleton<ICommand, BackupCommand>().AddSingleton<ICommand, RestoreCommand>();
        services.AddHostedService<StorageStart>();
        services.AddHostedService<ExpirySweeper>();
    }

    private static void AddMongo(IServiceCollection services, TimeProvider machine)
    {
        services.AddSingleton(new MongoClock(machine)).Replace(ServiceDescriptor.Singleton<TimeProvider>(s => s.GetRequiredService<MongoClock>()));
        services.AddSingleton(s => OpenMongoAsync(s).GetAwaiter().GetResult());
        services.AddSingleton<IDocumentStore>(s => s.GetRequiredService<MongoDocumentStore>());
        services.AddSingleton<IStorageHealth, MongoHealth>();
        services.AddSingleton<Func<Archive>>(s => () => new Archive(new MongoCopyEnd(s.GetRequiredService<MongoDocumentStore>()), [.. s.GetServices<ICollection>()],
            Path.Combine(s.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory, "media"))); // the folder of the Media feature
        services.AddSingleton<ICommand, ArchiveBackupCommand>().AddSingleton<ICommand, ArchiveRestoreCommand>();
        services.AddHostedService<MongoStart>();
        services.AddHostedService<MongoIndexes>();
        services.AddHostedService<MongoExpiry>();
        services.AddHostedService<MongoClockKeeper>();
    }

    // Whoever has the store has the database's time.
    private static async Task<MongoDocumentStore> OpenMongoAsync(IServiceProvider s)
    {
        var store = await MongoDocumentStore.OpenAsync(MongoAddress.Of(s.GetRequiredService<IOptions<StorageOptions>>().Value), s.GetServices<ICollection>(),
            s.GetRequiredService<ILogger<MongoDocumentStore>>(), CancellationToken.None);
        await s.GetRequiredService<MongoClock>().AskAsync(store.Database, CancellationToken.None);
        return store;
    }
}
