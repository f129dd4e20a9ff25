using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo;

/// <summary>A member of a record as MongoDB names it.</summary>
/// <param name="Variable">The list element that it is part of (<c>e1</c>); null for the record.</param>
/// <param name="Path">The path inside, such as <c>schedule.zoneId</c>; empty for the element itself.</param>
/// <param name="Type">Its type.</param>
/// <param name="Optional">Whether it can be null.</param>
internal readonly record struct Field(string? Variable, string Path, Type Type, bool Optional)
{
    /// <summary>The type without <c>?</c>.</summary>
    public Type Core => Nullable.GetUnderlyingType(Type) ?? Type;

    /// <summary>Whether it is one value rather than a list or a record.</summary>
    public bool IsScalar => Core.IsPrimitive || Core.IsEnum || Core == typeof(string) || Core == typeof(decimal) || Core == typeof(DateTimeOffset)
        || Core == typeof(TimeSpan) || Core == typeof(DateOnly) || Core == typeof(TimeOnly) || Core == typeof(Guid) || Core == typeof(Tenancy.OrganizationId);

    /// <summary>Whether it is a list.</summary>
    public bool IsList => Type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(Type) && !typeof(IDictionary).IsAssignableFrom(Type);

    /// <summary>The type of a list's elements.</summary>
    public Type Element => Type.IsArray ? Type.GetElementType()! : Type.GetInterfaces().Append(Type)
        .First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)).GetGenericArguments()[0];

    /// <summary>The path in aggregation expressions.</summary>
    public string Dollar => Variable is null ? "$" + Path : Path.Length == 0 ? "$$" + Variable : $"$${Variable}.{Path}";

    /// <summary>The value in aggregation expressions; what is missing is null.</summary>
    public BsonMap Value => new("$ifNull", BsonList.Of(Dollar, null));

    /// <summary>The least value of its type that is not null, so that "is not null" is a range that an index serves and a partial index can say.</summary>
    public object? Least => Core switch
    {
        _ when Core == typeof(bool) => false,
        _ when Core == typeof(DateTimeOffset) => new BsonMap(),
        _ when Core == typeof(TimeSpan) || Core == typeof(decimal) => double.NegativeInfinity,
        _ when Core == typeof(string) || Core.IsEnum || Core == typeof(Guid) || Core == typeof(DateOnly) || Core == typeof(TimeOnly) || Core == typeof(Tenancy.OrganizationId) => "",
        _ when Core.IsPrimitive && Core != typeof(char) => double.NegativeInfinity,
        _ => null,
    };
}

/// <summary>Finds the member that an expression means.</summary>
internal sealed class Fields(Shelf shelf)
{
    private readonly Dictionary<ParameterExpression, Field> _roots = [];
    private int _lists;

    /// <summary>The member of a <c>p => p.X</c>.</summary>
    public static Field Of(Shelf shelf, LambdaExpression lambda) =>
        new Fields(shelf).Root(lambda).Find(lambda.Body) ?? throw new NotSupportedException($"{lambda} does not name a stored member");

    /// <summary>Makes the lambda's parameter stand for the record.</summary>
    public Fields Root(LambdaExpression lambda)
    {
        _roots[lambda.Parameters[0]] = new(null, "", shelf.Type, false);
        return this;
    }

    /// <summary>Makes the lambda's parameter stand for a list's element; returns its name.</summary>
    public string Element(LambdaExpression lambda, Field list)
    {
        var name = "e" + ++_lists;
        _roots[lambda.Parameters[0]] = new(name, "", list.Element, true);
        return name;
    }

    /// <summary>The member, or null where the expression is none.</summary>
    public Field? Find(Expression expression) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert => Find(convert.Operand),
        ParameterExpression parameter => _roots.TryGetValue(parameter, out var root) ? root : null,
        MemberExpression { Member.Name: "Value", Expression: { } of } when Nullable.GetUnderlyingType(of.Type) is not null => Find(of),
        MemberExpression { Member: PropertyInfo property, Expression: { } of } when Find(of) is { } parent => Within(parent, property),
        _ => null,
    };

    private static Field? Within(Field parent, PropertyInfo property)
    {
        var root = parent is { Variable: null, Path.Length: 0 };
        if (root && property.Name == nameof(Document.Id)) { return new(null, Shelf.Id, typeof(string), false); }
        var actual = parent.Core.GetProperty(property.Name);
        if (actual is null || StoredBson.NameOf(parent.Core, property.Name) is not { } name) { return null; }
        var key = BsonJson.Escape(name);
        return new(parent.Variable, parent.Path.Length == 0 ? key : $"{parent.Path}.{key}", actual.PropertyType, parent.Optional || Nullability.CanBeNull(actual));
    }
}
