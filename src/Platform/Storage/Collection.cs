using System.Linq.Expressions;

namespace Platform.Storage;

/// <summary>An index of a collection.</summary>
/// <param name="Name">Its name within the collection, stable: it is how a changed definition is found at start.</param>
/// <param name="Members">What it is over, in order.</param>
/// <param name="Unique">Whether two records may not agree in all members (records that miss all of them do not count).</param>
/// <param name="Filter">Only the records that match (partial index); queries must repeat the condition to use it.</param>
/// <param name="ExpireAfter">Records whose (single, date) member is older than this are deleted by the engine within a minute or two.</param>
/// <param name="AcrossOrganizations">
/// An index of organization-owned records begins with the organization, unless this is true: then it serves the platform's queries
/// (dispatcher, relays), and a unique one holds across all organizations. Means nothing for the platform's own records.
/// </param>
public sealed record IndexDefinition(
    string Name, IReadOnlyList<(LambdaExpression Member, bool Descending)> Members, bool Unique, LambdaExpression? Filter, TimeSpan? ExpireAfter, bool AcrossOrganizations = false);

/// <summary>A collection: the name it is stored under, its record type and its indexes. Each feature's Store declares its own; modules register them with <c>services.AddCollection(…)</c>.</summary>
public interface ICollection
{
    /// <summary>The stored name, in snake_case.</summary>
    string Name { get; }

    /// <summary>The record type.</summary>
    Type Type { get; }

    /// <summary>Its indexes.</summary>
    IReadOnlyList<IndexDefinition> Indexes { get; }

    /// <summary>Whether records are only ever added: every change and every deletion through the port is refused.</summary>
    bool IsAppendOnly { get; }
}

/// <inheritdoc cref="ICollection" />
public sealed class Collection<T>(string name) : ICollection where T : Document
{
    private readonly List<IndexDefinition> _indexes = [];

    /// <inheritdoc />
    public string Name { get; } = name;

    /// <inheritdoc />
    public Type Type => typeof(T);

    /// <inheritdoc />
    public IReadOnlyList<IndexDefinition> Indexes => _indexes;

    /// <inheritdoc />
    public bool IsAppendOnly { get; private set; }

    /// <summary>Only lets records be added: the engine refuses to replace, change or delete one, alone or in a batch.</summary>
    public Collection<T> AppendOnly() { IsAppendOnly = true; return this; }

    /// <summary>
    /// An index over the members of a sort order: first those that queries compare for equality, then those they sort by. For
    /// organization-owned records the organization comes first by itself, unless <paramref name="acrossOrganizations"/> (for queries of
    /// <see cref="IDocumentStore.ForPlatform{T}"/>). The id comes last by itself. The condition may compare with names of enums, true, false,
    /// null and whole-number constants; a query uses the index where it says the same condition in the same form.
    /// </summary>
    public Collection<T> Index(string name, Sort<T> members, Expression<Func<T, bool>>? where = null, bool acrossOrganizations = false) =>
        Add(new(name, members.Keys, false, where, null, acrossOrganizations));

    /// <summary>A unique index: within the organization for organization-owned records, unless <paramref name="acrossOrganizations"/>.</summary>
    public Collection<T> Unique(string name, Sort<T> members, Expression<Func<T, bool>>? where = null, bool acrossOrganizations = false) =>
        Add(new(name, members.Keys, true, where, null, acrossOrganizations));

    /// <summary>Records go this long after the moment in the member.</summary>
    public Collection<T> Expire(string name, Expression<Func<T, DateTimeOffset>> member, TimeSpan after) => Add(new(name, Sort<T>.By(member).Keys, false, null, after, AcrossOrganizations: true));

    /// <summary>Records go this long after the moment in the member, if it is there.</summary>
    public Collection<T> Expire(string name, Expression<Func<T, DateTimeOffset?>> member, TimeSpan after) => Add(new(name, Sort<T>.By(member).Keys, false, null, after, AcrossOrganizations: true));

    private Collection<T> Add(IndexDefinition index) { _indexes.Add(index); return this; }
}
