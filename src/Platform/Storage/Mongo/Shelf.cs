using System.Linq.Expressions;
using Platform.Storage.Mongo.Bson;
using Platform.Tenancy;

namespace Platform.Storage.Mongo;

/// <summary>A declared collection as MongoDB's: <c>_id</c>, <c>version</c>, and the record's members beside them.</summary>
internal sealed class Shelf
{
    public const string Id = "_id", Version = "version";

    public Shelf(ICollection collection)
    {
        Collection = collection;
        if (collection.Name.Length == 0 || !char.IsAsciiLetterLower(collection.Name[0]) || !collection.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new InvalidOperationException($"'{collection.Name}' is no name for a collection: use snake_case");
        }
        IsOwned = typeof(IOrganizationOwned).IsAssignableFrom(Type);
        OwnerPath = IsOwned ? StoredBson.NameOf(Type, nameof(IOrganizationOwned.OrganizationId)) ?? throw new InvalidOperationException($"{Type.Name} does not store whose it is") : null;
    }

    public ICollection Collection { get; }

    public string Name => Collection.Name;

    public Type Type => Collection.Type;

    /// <summary>Whether its records belong to organizations.</summary>
    public bool IsOwned { get; }

    /// <summary>Where a record says whose it is; null for the platform's own.</summary>
    public string? OwnerPath { get; }

    /// <summary>The owner of a record; null for the platform's own.</summary>
    public static string? OwnerOf(object document) => (document as IOrganizationOwned)?.OrganizationId;
}

/// <summary>A collection as one caller sees it: with the organization that every operation is held to (null for the platform).</summary>
internal sealed record Scope(Shelf Shelf, string? Organization)
{
    /// <summary>The caller's scope: his organization for what organizations own, everything for the platform.</summary>
    public static Scope Of(Shelf shelf, Caller caller)
    {
        if (caller.IsPlatform) { return new(shelf, null); }
        if (!shelf.IsOwned) { throw new InvalidOperationException($"{shelf.Name} belongs to the platform: only the platform's caller reaches it"); }
        return new(shelf, caller.OrganizationId);
    }

    /// <summary>The organization and the filter as one condition.</summary>
    public BsonMap Where(LambdaExpression? filter) => Held(filter is null ? [] : FilterTranslator.Match(Shelf, filter));

    /// <summary>One record by its id.</summary>
    public BsonMap WhereId(string id) => Held(new BsonMap(Shelf.Id, id));

    /// <summary>One record in one state: a version is never given twice.</summary>
    public BsonMap WhereState(string id, long version) => Held(new BsonMap(Shelf.Id, id).Add(Shelf.Version, version));

    /// <summary>Throws where a record is not the caller's to write.</summary>
    public void Demand(Document document)
    {
        var owner = Shelf.OwnerOf(document);
        if (Shelf.IsOwned && string.IsNullOrEmpty(owner)) { throw new InvalidOperationException($"a record of {Shelf.Name} names no organization"); }
        if (Organization is not null && owner != Organization) { throw new InvalidOperationException($"a record of {Shelf.Name} names another organization than the caller's"); }
    }

    private BsonMap Held(BsonMap condition)
    {
        if (Organization is null) { return condition; }
        var owner = new BsonMap(Shelf.OwnerPath!, Organization);
        return condition.Count == 0 ? owner : new BsonMap("$and", BsonList.Of(owner, condition));
    }
}
