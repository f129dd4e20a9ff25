using System.Collections;
using System.Linq.Expressions;
using System.Reflection;

namespace Platform.Storage.Sqlite;

/// <summary>A member of a record as SQL.</summary>
/// <param name="Json">The JSON text that holds it (<c>d.body</c>, or an element of a list); null for a plain column.</param>
/// <param name="Path">The path inside, such as <c>$.schedule.zoneId</c>; <c>$</c> for the element itself; the name of a plain column.</param>
/// <param name="Type">Its type.</param>
/// <param name="Optional">Whether it can be null.</param>
internal readonly record struct SqlMember(string? Json, string Path, Type Type, bool Optional)
{
    /// <summary>The column of its own that repeats it, because an index needs it; null for none. See <see cref="KeyColumn"/>.</summary>
    public string? Column { get; init; }

    /// <summary>Whether a record that holds it can be null, so that setting it may do nothing.</summary>
    public bool InsideOptional { get; init; }

    /// <summary>The value.</summary>
    public string Sql => Column ?? (Json is null ? Path : Path == "$" ? Json : $"json_extract({Json},'{Path}')");

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
}

/// <summary>Finds the member that an expression means.</summary>
internal sealed class Members
{
    private readonly Dictionary<ParameterExpression, SqlMember> _roots = [];
    private readonly Table _table;
    private readonly string _prefix;
    private int _lists;

    /// <param name="table">The collection.</param>
    /// <param name="prefix"><c>d.</c> in statements, nothing in index definitions.</param>
    public Members(Table table, string prefix = "d.") => (_table, _prefix) = (table, prefix);

    /// <summary>The member of a <c>p => p.X</c>.</summary>
    public static SqlMember Of(Table table, LambdaExpression lambda, string prefix = "d.") =>
        new Members(table, prefix).Root(lambda).Find(lambda.Body) ?? throw new NotSupportedException($"{lambda} does not name a stored member");

    /// <summary>Makes the lambda's parameter stand for the record.</summary>
    public Members Root(LambdaExpression lambda)
    {
        _roots[lambda.Parameters[0]] = new(_prefix + "body", "$", _table.Type, false);
        return this;
    }

    /// <summary>Makes the lambda's parameter stand for a list's element; returns the alias of the list.</summary>
    public string Element(LambdaExpression lambda, SqlMember list)
    {
        var alias = "e" + ++_lists;
        _roots[lambda.Parameters[0]] = new(alias + ".value", "$", list.Element, true);
        return alias;
    }

    /// <summary>The member, or null where the expression is none.</summary>
    public SqlMember? Find(Expression expression) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert => Find(convert.Operand),
        ParameterExpression parameter => _roots.TryGetValue(parameter, out var root) ? root : null,
        MemberExpression { Member.Name: "Value", Expression: { } of } when Nullable.GetUnderlyingType(of.Type) is not null => Find(of),
        MemberExpression { Member: PropertyInfo property, Expression: { } of } when Find(of) is { } parent => Within(parent, property),
        _ => null,
    };

    private SqlMember? Within(SqlMember parent, PropertyInfo property)
    {
        if (parent.Path == "$" && parent.Json == _prefix + "body" && Column(property.Name) is { } column)
        {
            return new(null, _prefix + column, property.PropertyType, false);
        }
        var actual = parent.Core.GetProperty(property.Name);
        if (actual is null || StoredJson.NameOf(parent.Core, property.Name) is not { } name) { return null; }
        var key = name.All(char.IsAsciiLetterOrDigit) ? name : $"\"{name.Replace("'", "''", StringComparison.Ordinal)}\"";
        var path = $"{parent.Path}.{key}";
        return new(parent.Json, path, actual.PropertyType, parent.Optional || Nullability.CanBeNull(actual))
        {
            InsideOptional = parent.Optional,
            Column = parent.Json == _prefix + "body" && _table.Keys.FirstOrDefault(k => k.Path == path) is { } own ? _prefix + own.Name : null,
        };
    }

    private string? Column(string property) => property switch
    {
        nameof(Document.Id) => "id",
        nameof(Document.Version) => "version",
        "OrganizationId" when _table.IsOwned => "org",
        _ => null,
    };
}
