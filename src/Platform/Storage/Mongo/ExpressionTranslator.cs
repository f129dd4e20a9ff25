using System.Linq.Expressions;
using Platform.Storage.Mongo.Bson;
using static System.Linq.Expressions.ExpressionType;

namespace Platform.Storage.Mongo;

/// <summary>
/// Turns a filter, or the part of it that the match language cannot say, into an aggregation expression. Every expression is true or false,
/// never null, so that a negation is a plain <c>$not</c>.
/// </summary>
internal sealed class ExpressionTranslator(Fields fields)
{
    public object Predicate(Expression expression, bool negate) => negate ? new BsonMap("$not", BsonList.Of(Of(expression))) : Of(expression);

    private object Of(Expression expression) => expression switch
    {
        var value when Values.IsValue(value) => Values.Of(value) is true,
        UnaryExpression { NodeType: Not } not when not.Operand.Type == typeof(bool) => Predicate(not.Operand, true),
        UnaryExpression { NodeType: ExpressionType.Convert } convert when FilterTranslator.IsBool(convert.Operand.Type) => Of(convert.Operand),
        BinaryExpression { NodeType: AndAlso or And or OrElse or Or } pair => Pair(pair),
        BinaryExpression { NodeType: Equal or NotEqual or LessThan or LessThanOrEqual or GreaterThan or GreaterThanOrEqual } compare => Comparison(compare),
        BinaryExpression { NodeType: Coalesce } choice => Fallback(choice),
        MemberExpression { Member.Name: "HasValue", Expression: { } of } when fields.Find(of) is { } optional => Operation("$ne", optional.Value, null),
        MethodCallExpression call => Call(call),
        _ when fields.Find(expression) is { } flag && flag.Core == typeof(bool) => Operation("$eq", flag.Dollar, true),
        _ => throw FilterTranslator.Untranslatable(expression),
    };

    private object Pair(BinaryExpression pair)
    {
        if (FilterTranslator.Decided(pair) is { } decided) { return decided; }
        if (Values.IsValue(pair.Left)) { return Of(pair.Right); }
        return Operation(pair.NodeType is AndAlso or And ? "$and" : "$or", Of(pair.Left), Of(pair.Right));
    }

    private BsonMap Fallback(BinaryExpression choice)
    {
        if (fields.Find(choice.Left) is not { } member || !Values.IsValue(choice.Right) || Values.Of(choice.Right) is not bool otherwise) { throw FilterTranslator.Untranslatable(choice); }
        return Operation("$eq", Operation("$ifNull", member.Dollar, otherwise), true);
    }

    private object Comparison(BinaryExpression compare)
    {
        if (Values.IsValue(compare.Right)) { return WithValue(compare, compare.Left, Values.Of(compare.Right), compare.NodeType); }
        if (Values.IsValue(compare.Left)) { return WithValue(compare, compare.Right, Values.Of(compare.Left), FilterTranslator.Mirror(compare.NodeType)); }
        if (Side(compare.Left) is not { } left || Side(compare.Right) is not { } right) { throw FilterTranslator.Untranslatable(compare); }
        var ordered = compare.NodeType is not (Equal or NotEqual);
        if (ordered && fields.Find(compare.Left)?.Core is { } core && (core.IsEnum || core == typeof(string))) { throw FilterTranslator.Untranslatable(compare); }
        return ordered ? Ordered(compare.NodeType, left, right) : Operation(compare.NodeType == Equal ? "$eq" : "$ne", left, right);
    }

    private object WithValue(BinaryExpression compare, Expression side, object? value, ExpressionType kind)
    {
        if (fields.Find(side) is null && FilterTranslator.IsBool(side.Type) && value is bool wanted && kind is Equal or NotEqual) { return Predicate(side, wanted != (kind == Equal)); }
        var field = fields.Find(side);
        if ((value is null && field is { } any ? any.Value : Side(side)) is not { } left) { throw FilterTranslator.Untranslatable(compare); }
        var core = field?.Core;
        if (value is not null && core is { IsEnum: true }) { value = Enum.ToObject(core, value); }
        if (kind is Equal or NotEqual) { return Operation(kind == Equal ? "$eq" : "$ne", left, Literal(StoredBson.ToScalar(value))); }
        if (value is null) { return false; }
        if (value is string) { throw FilterTranslator.Untranslatable(compare); }
        return core is { IsEnum: true } ? Operation("$in", left, Literal(FilterTranslator.Holding(core, value, kind))) : Ordered(kind, left, Literal(StoredBson.ToScalar(value)));
    }

    private object Call(MethodCallExpression call) => call.Method.Name switch
    {
        "Contains" or "StartsWith" when call.Object?.Type == typeof(string) => Text(call),
        "IsNullOrEmpty" when call.Method.DeclaringType == typeof(string) && fields.Find(call.Arguments[0]) is { } text => Operation("$eq", Operation("$ifNull", text.Dollar, ""), ""),
        "Equals" when call is { Object: { } left, Arguments: [var right] } && left.Type == right.Type => Comparison(Expression.Equal(left, right)),
        "Contains" when CallShapes.ListAndItem(call) is var (list, item) => Contains(call, list, item),
        "Any" when call.Arguments is [var list] && fields.Find(list) is { IsList: true } member => Operation("$gt", Size(Items(member)), 0),
        "Any" when call.Arguments is [var list, var test] => Operation("$gt", Size(Matching(call, list, CallShapes.Lambda(test), false)), 0),
        "All" when call.Arguments is [var list, var test] => Operation("$eq", Size(Matching(call, list, CallShapes.Lambda(test), true)), 0),
        _ => throw FilterTranslator.Untranslatable(call),
    };

    private BsonMap Text(MethodCallExpression call)
    {
        var text = CallShapes.Prefix(call)!;
        if (fields.Find(call.Object!) is not { } member) { throw FilterTranslator.Untranslatable(call); }
        if (text.Length == 0) { return Operation("$ne", member.Value, null); }
        if (call.Method.Name == "Contains") { return Operation("$gte", Operation("$indexOfBytes", Operation("$ifNull", member.Dollar, ""), Literal(text)), 0); }
        var from = Operation("$gte", member.Value, Literal(text));
        return FilterTranslator.After(text) is { } end ? Operation("$and", from, Operation("$lt", member.Value, Literal(end))) : from;
    }

    private BsonMap Contains(MethodCallExpression call, Expression list, Expression item)
    {
        if (Values.IsValue(list) && fields.Find(item) is { } member) { return Operation("$in", member.Value, Literal(CallShapes.Several(call, list, member))); }
        if (fields.Find(list) is { IsList: true } stored && Values.IsValue(item)) { return Operation("$in", Literal(CallShapes.Item(stored, item)), Items(stored)); }
        throw FilterTranslator.Untranslatable(call);
    }

    private BsonMap Matching(MethodCallExpression call, Expression list, LambdaExpression test, bool negate)
    {
        if (fields.Find(list) is not { IsList: true } stored) { throw FilterTranslator.Untranslatable(call); }
        var name = fields.Element(test, stored);
        return new BsonMap("$filter", new BsonMap("input", Items(stored)).Add("as", name).Add("cond", Predicate(test.Body, negate)));
    }

    private object? Side(Expression side) => fields.Find(side) is { IsScalar: true } member ? member.Value : CountOf(side);

    private BsonMap? CountOf(Expression side) => side switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } convert => CountOf(convert.Operand),
        MemberExpression { Member.Name: "Count", Expression: { } of } when fields.Find(of) is { IsList: true } list => Length(list),
        UnaryExpression { NodeType: ArrayLength } length when fields.Find(length.Operand) is { } list => Length(list),
        MethodCallExpression { Method: { Name: "Count", DeclaringType.Name: nameof(Enumerable) }, Arguments: [var of] } when fields.Find(of) is { IsList: true } list => Length(list),
        _ => null,
    };

    // A list that is missing has no length, as in the embedded engine: it compares as null.
    private static BsonMap Length(Field list) => new("$cond", BsonList.Of(Operation("$isArray", list.Dollar), Size(Items(list)), null));

    private static BsonMap Items(Field list) => Operation("$ifNull", list.Dollar, new BsonList());

    private static BsonMap Size(object list) => new("$size", list);

    private static BsonMap Ordered(ExpressionType kind, object left, object right) =>
        new("$and", BsonList.Of(Operation("$gt", left, null), Operation("$gt", right, null), Operation(FilterTranslator.Operator(kind), left, right)));

    private static BsonMap Literal(object? value) => new("$literal", value);

    private static BsonMap Operation(string name, params object?[] operands) => new(name, BsonList.Of(operands));
}
