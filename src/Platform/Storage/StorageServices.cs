using Platform.Tenancy;

namespace Platform.Storage;

/// <summary>Registration of collections and migrations by modules.</summary>
public static class StorageServices
{
    /// <summary>Declares a collection; its indexes are ensured at start. One of organization-owned records is also emptied when its organization is deleted.</summary>
    public static IServiceCollection AddCollection<T>(this IServiceCollection services, Collection<T> collection) where T : Document
    {
        if (typeof(IOrganizationOwned).IsAssignableFrom(typeof(T)))
        {
            // The two constraints of the type cannot be said at once here, so it is closed over T by hand.
            var records = typeof(OrganizationRecords<>).MakeGenericType(typeof(T));
            services.AddSingleton(provider => (IOrganizationRecords)ActivatorUtilities.CreateInstance(provider, records, collection.Name));
        }
        return services.AddSingleton<ICollection>(collection);
    }

    /// <summary>Declares a migration.</summary>
    public static IServiceCollection AddMigration<TMigration>(this IServiceCollection services) where TMigration : class, IMigration =>
        services.AddSingleton<IMigration, TMigration>();
}
