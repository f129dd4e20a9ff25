namespace Platform.Storage;

/// <summary>Registration of collections and migrations by modules.</summary>
public static class StorageServices
{
    /// <summary>Declares a collection; its indexes are ensured at start.</summary>
    public static IServiceCollection AddCollection<T>(this IServiceCollection services, Collection<T> collection) where T : Document =>
        services.AddSingleton<ICollection>(collection);

    /// <summary>Declares a migration.</summary>
    public static IServiceCollection AddMigration<TMigration>(this IServiceCollection services) where TMigration : class, IMigration =>
        services.AddSingleton<IMigration, TMigration>();
}
