using System.Collections;
using System.Linq.Expressions;
using System.Text;
using Platform.Storage.Mongo.Bson;
using static System.Linq.Expressions.ExpressionType;

namespace Platform.Storage.Mongo;

/// <summary>
/// Turns a filter into MongoDB's match language, which indexes serve: comparisons of a member with a value, one of, prefixes, null. What it
/// cannot say (two members, lengths, elements of lists) becomes an aggregation expression inside it (<see cref="ExpressionTranslator"/>).
/// Negation is pushed down to the leaves; a comparison with null is false as in C#, and its negation is true.
/// </summary>
internal sealed class FilterTranslator(Fields fields)
{
    /// <summary>The filter as one condition.</summary>
    public static BsonMap Match(Shelf shelf, LambdaExpression filter) => new FilterTranslator(new Fields(shelf).Root(filter)).Match(filter.Body, false);

    public static NotSupportedException Untranslatable(Expression expression) =>
        new($"a filter cannot say '{expression}': use what Query<T> lists, or compute it before and store it");

    public static bool IsBool(Type type) => type == typeof(bool) || type == typeof(bool?);

    /// <summary>As C# does: in "name == null || p.Name.Contains(name)" the second part does not exist where the first decides.</summary>
    public static bool? Decided(BinaryExpression pair)
    {
        if (!Values.IsValue(pair.Left)) { return null; }
        var left = Values.Of(pair.Left) is true;
        return left == (pair.NodeType is OrElse or Or) ? left : null;
    }

    /// <summary>Enums are stored as names, whose order means nothing: an order becomes the list of the values that hold it.</summary>
    public static BsonList Holding(Type type, object value, ExpressionType kind) =>
        new(Enum.GetValues(type).Cast<Enum>().Where(e => Holds(e.CompareTo(value), kind)).Select(StoredBson.ToScalar));

    /// <summary>The smallest text that is greater than all that begin with the prefix; MongoDB compares text by code point.</summary>
    public static string? After(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0 && runes[^1].Value == 0x10FFFF) { runes.RemoveAt(runes.Count - 1); }
        if (runes.Count == 0) { return null; }
        var last = runes[^1].Value;
        runes[^1] = new Rune(last == 0xD7FF ? 0xE000 : last + 1);
        return string.Concat(runes);
    }

    public static ExpressionType Mirror(ExpressionType kind) => kind switch { LessThan => GreaterThan, LessThanOrEqual => GreaterThanOrEqual, GreaterThan => LessThan, GreaterThanOrEqual => LessThanOrEqual, _ => kind };

    public static string Operator(ExpressionType kind) => kind switch { LessThan => "$lt", LessThanOrEqual => "$lte", GreaterThan => "$gt", _ => "$gte" };

    private BsonMap Match(Expression expression, bool negate) => expression switch
    {
        var value when Values.IsValue(value) => Constant(Values.Of(value) is true != negate),
        UnaryExpression { NodeType: Not } not when not.Operand.Type == typeof(bool) => Match(not.Operand, !negate),
        UnaryExpression { NodeType: ExpressionType.Convert } convert when IsBool(convert.Operand.Type) => Match(convert.Operand, negate),
        BinaryExpression { NodeType: AndAlso or And or OrElse or Or } pair => Pair(pair, negate),
        BinaryExpression { NodeType: Equal or NotEqual or LessThan or LessThanOrEqual or GreaterThan or GreaterThanOrEqual } compare => Comparison(compare, negate),
        MemberExpression { Member.Name: "HasValue", Expression: { } of } when fields.Find(of) is { } optional => Null(optional, negate),
        MethodCallExpression call => Call(call, negate),
        MemberExpression or UnaryExpression when fields.Find(expression) is { } flag && flag.Core == typeof(bool) => new BsonMap(flag.Path, negate ? new BsonMap("$ne", true) : true),
        _ => Expressed(expression, negate),
    };

    private static BsonMap Constant(bool all) => all ? [] : new BsonMap(Shelf.Id, new BsonMap("$in", new BsonList()));

    private BsonMap Expressed(Expression expression, bool negate) => new("$expr", new ExpressionTranslator(fields).Predicate(expression, negate));

    private static BsonMap Null(Field field, bool isNull) =>
        new(field.Path, isNull ? null : field is { IsScalar: true, Least: { } least } ? new BsonMap("$gte", least) : new BsonMap("$ne", null));

    private BsonMap Pair(BinaryExpression pair, bool negate)
    {
        var all = pair.NodeType is AndAlso or And != negate;
        if (Decided(pair) is { } decided) { return Constant(decided != negate); }
        if (Values.IsValue(pair.Left)) { return Match(pair.Right, negate); }
        var (left, right) = (Match(pair.Left, negate), Match(pair.Right, negate));
        if (left.Count == 0) { return all ? right : left; }
        if (right.Count == 0) { return all ? left : right; }
        var name = all ? "$and" : "$or";
        return new BsonMap(name, new BsonList([.. Parts(left, name), .. Parts(right, name)]));
    }

    private static IEnumerable<object?> Parts(BsonMap condition, string name) => condition is { Count: 1 } && condition[name] is BsonList parts ? parts : [condition];

    private BsonMap Comparison(BinaryExpression compare, bool negate)
    {
        var mirrored = !Values.IsValue(compare.Right);
        if (mirrored && !Values.IsValue(compare.Left)) { return Expressed(compare, negate); }
        var (side, value) = mirrored ? (compare.Right, Values.Of(compare.Left)) : (compare.Left, Values.Of(compare.Right));
        var kind = mirrored ? Mirror(compare.NodeType) : compare.NodeType;
        if (fields.Find(side) is not { } field)
        {
            return IsBool(side.Type) && value is bool wanted && kind is Equal or NotEqual ? Match(side, wanted != (kind == Equal) != negate) : Expressed(compare, negate);
        }
        return value is null ? NullComparison(field, kind, negate) : Leaf(compare, field, kind, value, negate);
    }

    private static BsonMap NullComparison(Field field, ExpressionType kind, bool negate) =>
        kind is Equal or NotEqual ? Null(field, kind == Equal != negate) : Constant(negate);

    private static BsonMap Leaf(BinaryExpression compare, Field field, ExpressionType kind, object value, bool negate)
    {
        if (!field.IsScalar || (value is string && kind is not (Equal or NotEqual))) { throw Untranslatable(compare); }
        if (field.Core.IsEnum) { value = Enum.ToObject(field.Core, value); }
        var stored = StoredBson.ToScalar(value);
        if (kind is Equal or NotEqual)
        {
            var equal = kind == Equal != negate;
            // For flags that cannot be null, "is not true" is what the other spellings of the same condition say, too.
            if (stored is bool flag && !field.Optional) { (stored, equal) = (true, flag == equal); }
            return new BsonMap(field.Path, equal ? new BsonMap("$eq", stored) : new BsonMap("$ne", stored));
        }
        if (field.Core.IsEnum) { return new BsonMap(field.Path, new BsonMap(negate ? "$nin" : "$in", Holding(field.Core, value, kind))); }
        if (!negate) { return new BsonMap(field.Path, new BsonMap(Operator(kind), stored)); }
        return new BsonMap(field.Path, field.Optional ? new BsonMap("$not", new BsonMap(Operator(kind), stored)) : new BsonMap(Operator(Opposite(kind)), stored));
    }

    private BsonMap Call(MethodCallExpression call, bool negate)
    {
        if (call is { Method.Name: "Equals", Object: { } left, Arguments: [var right] } && left.Type == right.Type) { return Comparison(Expression.Equal(left, right), negate); }
        if (call.Method.Name == "StartsWith" && call.Object is { } text && fields.Find(text) is { } field && CallShapes.Prefix(call) is { Length: > 0 } prefix)
        {
            var range = new BsonMap("$gte", prefix);
            if (After(prefix) is { } end) { range.Add("$lt", end); }
            return new BsonMap(field.Path, negate ? new BsonMap("$not", range) : range);
        }
        if (call.Method.Name == "Contains" && CallShapes.ListAndItem(call) is var (list, item))
        {
            if (Values.IsValue(list) && fields.Find(item) is { } member) { return new BsonMap(member.Path, new BsonMap(negate ? "$nin" : "$in", CallShapes.Several(call, list, member))); }
            if (fields.Find(list) is { IsList: true } stored && Values.IsValue(item)) { return Holds(stored, CallShapes.Item(stored, item), negate); }
        }
        return Expressed(call, negate);
    }

    private static BsonMap Holds(Field list, object? item, bool negate)
    {
        var holds = new BsonMap("$elemMatch", new BsonMap("$eq", item));
        return new BsonMap(list.Path, negate ? new BsonMap("$not", holds) : holds);
    }

    private static bool Holds(int order, ExpressionType kind) => kind switch { LessThan => order < 0, LessThanOrEqual => order <= 0, GreaterThan => order > 0, _ => order >= 0 };

    private static ExpressionType Opposite(ExpressionType kind) => kind switch { LessThan => GreaterThanOrEqual, LessThanOrEqual => GreaterThan, GreaterThan => LessThanOrEqual, _ => LessThan };
}

/// <summary>The shapes in which the compiler writes the calls that filters may make.</summary>
internal static class CallShapes
{
    /// <summary>Instance: list.Contains(x). Static: Enumerable.Contains(list, x), and C# 14's MemoryExtensions.Contains(span of array, x[, comparer: null]).</summary>
    public static (Expression List, Expression Item)? ListAndItem(MethodCallExpression call) => call switch
    {
        { Object: { } list, Arguments: [var item] } when list.Type != typeof(string) => (list, item),
        { Object: null, Arguments: [var list, var item] } => (Array(list), item),
        { Object: null, Arguments: [var list, var item, ConstantExpression { Value: null }] } => (Array(list), item),
        _ => null,
    };

    /// <summary>The text that is looked for; null where the call is not an ordinal one with a value.</summary>
    public static string? Prefix(MethodCallExpression call)
    {
        if (call.Object?.Type != typeof(string) || !Values.IsValue(call.Arguments[0]) || !IsOrdinal(call)) { throw FilterTranslator.Untranslatable(call); }
        return Values.Of(call.Arguments[0])?.ToString() ?? throw new InvalidOperationException($"'{call}' looks for null");
    }

    /// <summary>The values of a list in the filter, as the member stores them.</summary>
    public static BsonList Several(MethodCallExpression call, Expression list, Field member)
    {
        if (!member.IsScalar) { throw FilterTranslator.Untranslatable(call); }
        var values = ((IEnumerable?)Values.Of(list) ?? throw new InvalidOperationException($"the list of '{call}' is null")).Cast<object?>();
        return new BsonList(values.Select(v => StoredBson.ToScalar(v is not null && member.Core.IsEnum ? Enum.ToObject(member.Core, v) : v)));
    }

    /// <summary>The value that a stored list is asked for.</summary>
    public static object? Item(Field list, Expression item)
    {
        var (value, element) = (Values.Of(item), Nullable.GetUnderlyingType(list.Element) ?? list.Element);
        return StoredBson.ToScalar(value is not null && element.IsEnum ? Enum.ToObject(element, value) : value);
    }

    public static LambdaExpression Lambda(Expression test) => test switch
    {
        LambdaExpression lambda => lambda,
        UnaryExpression { NodeType: Quote, Operand: LambdaExpression lambda } => lambda,
        _ => throw FilterTranslator.Untranslatable(test),
    };

    private static bool IsOrdinal(MethodCallExpression call) => call.Arguments.Count == 1
        || (call.Arguments is [_, var how] && how.Type == typeof(StringComparison) && Values.Of(how) is StringComparison.Ordinal);

    private static Expression Array(Expression list) => list switch
    {
        MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var inner] } => Array(inner),
        MethodCallExpression { Method.Name: "AsSpan", Arguments: [var inner] } => Array(inner),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: not null } convert => convert.Operand,
        NewExpression { Arguments: [var inner] } when inner.Type.IsArray => inner,
        _ => list,
    };
}
