using Platform.Tenancy;

namespace Platform.Storage.Sqlite;

/// <summary>A collection as a table: <c>id</c>, <c>version</c>, <c>org</c> (null for the platform's own records) and <c>body</c>, the record as JSON.</summary>
internal sealed class Table
{
    public Table(ICollection collection)
    {
        Collection = collection;
        if (collection.Name.Length == 0 || !char.IsAsciiLetterLower(collection.Name[0]) || !collection.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new InvalidOperationException($"'{collection.Name}' is no name for a collection: use snake_case");
        }
    }

    public ICollection Collection { get; }

    public string Name => Collection.Name;

    /// <summary>The name, quoted for SQL.</summary>
    public string Sql => $"\"{Name}\"";

    public Type Type => Collection.Type;

    /// <summary>Whether its records belong to organizations.</summary>
    public bool IsOwned => typeof(IOrganizationOwned).IsAssignableFrom(Type);

    /// <summary>The owner of a record; null for the platform's own.</summary>
    public static string? OwnerOf(object document) => (document as IOrganizationOwned)?.OrganizationId;
}
