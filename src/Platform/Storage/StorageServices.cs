using System.Linq.Expressions;
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

    /// <summary>Declares a member that holds a sealed text, so that it is sealed again when the master key changes. A test finds members named Sealed… that nobody declared.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">What it is, in words.</param>
    /// <param name="member">The member.</param>
    /// <param name="aad">What a record's text is bound to.</param>
    public static IServiceCollection AddSealed<T>(this IServiceCollection services, string name, Expression<Func<T, string?>> member, Func<T, string> aad) where T : Document =>
        services.AddSingleton<ISealedRecords>(provider => new SealedMember<T>(name, member, aad, provider.GetRequiredService<IDocumentStore>(), provider.GetRequiredService<ISecretBox>()));

    /// <summary>Declares a migration.</summary>
    public static IServiceCollection AddMigration<TMigration>(this IServiceCollection services) where TMigration : class, IMigration =>
        services.AddSingleton<IMigration, TMigration>();
}
