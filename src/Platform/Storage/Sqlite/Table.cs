using Platform.Tenancy;

namespace Platform.Storage.Sqlite;

/// <summary>
/// A collection as a table: <c>id</c>, <c>version</c>, <c>org</c> (null for the platform's own records), <c>body</c>, the record as JSON, and a
/// <see cref="KeyColumn"/> for each member that an index needs.
/// </summary>
internal sealed class Table
{
    public Table(ICollection collection)
    {
        Collection = collection;
        if (collection.Name.Length == 0 || !char.IsAsciiLetterLower(collection.Name[0]) || !collection.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new InvalidOperationException($"'{collection.Name}' is no name for a collection: use snake_case");
        }
        Keys = KeyColumn.Of(this);
        Replacing = new ReplaceSql(this);
    }

    public ICollection Collection { get; }

    public string Name => Collection.Name;

    /// <summary>The name, quoted for SQL.</summary>
    public string Sql => $"\"{Name}\"";

    public Type Type => Collection.Type;

    /// <summary>The members that have a column of their own.</summary>
    public IReadOnlyList<KeyColumn> Keys { get; } = [];

    /// <summary>The statement that inserts: id, owner, body.</summary>
    public string Insert => field ??=
        $"INSERT INTO {Sql} (id, version, org, body{string.Concat(Keys.Select(k => $", {k.Name}"))}) VALUES (?1, 1, ?2, ?3{string.Concat(Keys.Select(k => $", {k.From("?3")}"))})";

    /// <summary>How a whole record is replaced.</summary>
    public ReplaceSql Replacing { get; }

    /// <summary>Whether its records belong to organizations.</summary>
    public bool IsOwned => typeof(IOrganizationOwned).IsAssignableFrom(Type);

    /// <summary>The owner of a record; null for the platform's own.</summary>
    public static string? OwnerOf(object document) => (document as IOrganizationOwned)?.OrganizationId;
}
