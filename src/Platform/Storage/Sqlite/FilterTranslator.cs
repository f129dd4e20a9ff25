using System.Linq.Expressions;
using static System.Linq.Expressions.ExpressionType;

namespace Platform.Storage.Sqlite;

/// <summary>
/// Turns a filter into SQL. C# has two truth values and SQL three, so negation is pushed down to the leaves: a comparison with NULL is
/// false as in C#, and its negation is true.
/// </summary>
internal sealed class FilterTranslator(Members members, SqlText sql)
{
    /// <summary>Appends the filter as one condition.</summary>
    public static void Append(Table table, LambdaExpression filter, SqlText sql, string prefix = "d.") =>
        new FilterTranslator(new Members(table, prefix).Root(filter), sql).Predicate(filter.Body, false);

    public void Predicate(Expression expression, bool negate)
    {
        switch (expression)
        {
            case var value when Values.IsValue(value): sql.Literal(Values.Of(value) is true != negate ? 1 : 0); break;
            case UnaryExpression { NodeType: Not } not when not.Operand.Type == typeof(bool): Predicate(not.Operand, !negate); break;
            case UnaryExpression { NodeType: ExpressionType.Convert } convert when IsBool(convert.Operand.Type): Predicate(convert.Operand, negate); break;
            case BinaryExpression { NodeType: AndAlso or And } both: Pair(both, negate ? " OR " : " AND ", negate); break;
            case BinaryExpression { NodeType: OrElse or Or } either: Pair(either, negate ? " AND " : " OR ", negate); break;
            case BinaryExpression { NodeType: Equal or NotEqual or LessThan or LessThanOrEqual or GreaterThan or GreaterThanOrEqual } compare: Comparison(compare, negate); break;
            case BinaryExpression { NodeType: Coalesce } choice: Fallback(choice, negate); break;
            case MemberExpression { Member.Name: "HasValue", Expression: { } of } when members.Find(of) is { } optional: sql.Add(optional.Sql).Add(negate ? " IS NULL" : " IS NOT NULL"); break;
            case MethodCallExpression call: new CallTranslator(this, members, sql).Append(call, negate); break;
            default: Flag(expression, negate); break;
        }
    }

    public static NotSupportedException Untranslatable(Expression expression) =>
        new($"a filter cannot say '{expression}': use what Query<T> lists, or compute it before and store it");

    private void Pair(BinaryExpression pair, string glue, bool negate)
    {
        if (Values.IsValue(pair.Left)) { Shortcut(pair, negate); return; }
        sql.Add("(");
        Predicate(pair.Left, negate);
        sql.Add(glue);
        Predicate(pair.Right, negate);
        sql.Add(")");
    }

    // As C# does: in "name == null || p.Name.Contains(name)" the second part does not exist where the first decides.
    private void Shortcut(BinaryExpression pair, bool negate)
    {
        var left = Values.Of(pair.Left) is true;
        if (left == (pair.NodeType is OrElse or Or)) { sql.Literal(left != negate ? 1 : 0); } else { Predicate(pair.Right, negate); }
    }

    private void Flag(Expression expression, bool negate)
    {
        if (members.Find(expression) is not { } member || member.Core != typeof(bool)) { throw Untranslatable(expression); }
        sql.Add(member.Sql).Add(negate ? " IS NOT 1" : " = 1");
    }

    private void Fallback(BinaryExpression choice, bool negate)
    {
        if (members.Find(choice.Left) is not { } member || !Values.IsValue(choice.Right) || Values.Of(choice.Right) is not bool otherwise) { throw Untranslatable(choice); }
        sql.Add("coalesce(").Add(member.Sql).Add(",").Literal(otherwise ? 1 : 0).Add(negate ? ") IS NOT 1" : ") = 1");
    }

    private void Comparison(BinaryExpression compare, bool negate)
    {
        if (Values.IsValue(compare.Right)) { WithValue(compare, compare.Left, compare.Right, compare.NodeType, negate); }
        else if (Values.IsValue(compare.Left)) { WithValue(compare, compare.Right, compare.Left, Mirror(compare.NodeType), negate); }
        else { BetweenMembers(compare, negate); }
    }

    private void BetweenMembers(BinaryExpression compare, bool negate)
    {
        if (Side(compare.Left) is not { } left || Side(compare.Right) is not { } right) { throw Untranslatable(compare); }
        if (compare.NodeType is Equal or NotEqual) { sql.Add(left).Add(compare.NodeType == Equal != negate ? " IS " : " IS NOT ").Add(right); return; }
        if (members.Find(compare.Left)?.Core.IsEnum == true) { throw Untranslatable(compare); }
        sql.Add("(").Add(left).Add(Operator(compare.NodeType)).Add(right).Add(negate ? ") IS NOT 1" : ")");
    }

    private void WithValue(BinaryExpression compare, Expression side, Expression valueSide, ExpressionType kind, bool negate)
    {
        var value = Values.Of(valueSide);
        if (IsBool(side.Type) && value is bool wanted && kind is Equal or NotEqual) { Truth(side, wanted == (kind == Equal) != negate, kind == Equal != negate, wanted); return; }
        var member = members.Find(side);
        if ((value is null && member is { } any ? any.Sql : Side(side)) is not { } left) { throw Untranslatable(compare); }
        if (member is { Core.IsEnum: true } named && value is not null) { EnumComparison(left, named.Core, Enum.ToObject(named.Core, value), kind, negate); return; }
        if (value is string && kind is not (Equal or NotEqual)) { throw Untranslatable(compare); }
        Leaf(left, kind, negate, value, IsConstant(valueSide), member);
    }

    // side == wanted, in the sense of C#'s lifted bools: equal says whether a match or a mismatch with the wanted value is asked for.
    private void Truth(Expression side, bool asIs, bool equal, bool wanted)
    {
        var optional = members.Find(side) is { Optional: true };
        if (!optional) { Predicate(side, !asIs); return; }
        sql.Add(members.Find(side)!.Value.Sql).Add(equal ? " = " : " IS NOT ").Literal(wanted ? 1 : 0);
    }

    private void Leaf(string left, ExpressionType kind, bool negate, object? value, bool constant, SqlMember? member)
    {
        if (value is null)
        {
            if (kind is Equal or NotEqual) { sql.Add(left).Add(kind == Equal != negate ? " IS NULL" : " IS NOT NULL"); } else { sql.Literal(negate ? 1 : 0); }
            return;
        }
        if (kind is Equal or NotEqual) { sql.Add(left).Add(kind == Equal != negate ? " = " : " IS NOT "); Operand(value, constant); return; }
        if (negate && member is { Optional: false }) { sql.Add(left).Add(Operator(Opposite(kind))); Operand(value, constant); return; }
        sql.Add("(").Add(left).Add(Operator(kind));
        Operand(value, constant);
        sql.Add(negate ? ") IS NOT 1" : ")");
    }

    private void Operand(object value, bool constant)
    {
        var column = StoredJson.ToColumn(value);
        if (column is long number && (constant || value is bool)) { sql.Literal(number); } else { sql.Value(column, value is DateTimeOffset); }
    }

    // Enums are stored as names, whose order means nothing: an order becomes the list of the values that hold it.
    private void EnumComparison(string left, Type type, object value, ExpressionType kind, bool negate)
    {
        if (kind is Equal or NotEqual) { sql.Add(left).Add(kind == Equal != negate ? " = " : " IS NOT ").Literal((Enum)value); return; }
        var holds = Enum.GetValues(type).Cast<Enum>().Where(e => Holds(e.CompareTo(value), kind));
        sql.Add("(").Add(left).Add(" IN (").Join(",", holds, e => sql.Literal(e)).Add(negate ? ")) IS NOT 1" : "))");
    }

    private string? Side(Expression side) => members.Find(side) is { IsScalar: true } member ? member.Sql : CountOf(side);

    private string? CountOf(Expression side) => side switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } convert => CountOf(convert.Operand),
        MemberExpression { Member.Name: "Count", Expression: { } of } when members.Find(of) is { IsList: true } list => LengthOf(list),
        UnaryExpression { NodeType: ArrayLength } length when members.Find(length.Operand) is { } list => LengthOf(list),
        MethodCallExpression { Method: { Name: "Count", DeclaringType.Name: nameof(Enumerable) }, Arguments: [var of] } when members.Find(of) is { IsList: true } list => LengthOf(list),
        _ => null,
    };

    public static string LengthOf(SqlMember list) => $"json_array_length({list.Json},'{list.Path}')";

    private static bool IsConstant(Expression value) => value is ConstantExpression || (value is UnaryExpression { NodeType: ExpressionType.Convert } convert && IsConstant(convert.Operand));

    private static bool IsBool(Type type) => type == typeof(bool) || type == typeof(bool?);

    private static bool Holds(int order, ExpressionType kind) => kind switch
    {
        LessThan => order < 0,
        LessThanOrEqual => order <= 0,
        GreaterThan => order > 0,
        _ => order >= 0,
    };

    private static string Operator(ExpressionType kind) => kind switch { LessThan => " < ", LessThanOrEqual => " <= ", GreaterThan => " > ", _ => " >= " };

    private static ExpressionType Opposite(ExpressionType kind) => kind switch { LessThan => GreaterThanOrEqual, LessThanOrEqual => GreaterThan, GreaterThan => LessThanOrEqual, _ => LessThan };

    private static ExpressionType Mirror(ExpressionType kind) => kind switch { LessThan => GreaterThan, LessThanOrEqual => GreaterThanOrEqual, GreaterThan => LessThan, GreaterThanOrEqual => LessThanOrEqual, _ => kind };
}
