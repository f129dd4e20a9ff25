using System.Collections;
using System.Linq.Expressions;
using System.Text;
using System.Text.Json;

namespace Platform.Storage.Sqlite;

/// <summary>The methods that filters may call.</summary>
internal sealed class CallTranslator(FilterTranslator filters, Members members, SqlText sql)
{
    public void Append(MethodCallExpression call, bool negate)
    {
        switch (call.Method.Name)
        {
            case "Contains" when call.Object?.Type == typeof(string): Text(call, negate); break;
            case "StartsWith" when call.Object?.Type == typeof(string): Text(call, negate); break;
            case "IsNullOrEmpty" when call.Method.DeclaringType == typeof(string) && members.Find(call.Arguments[0]) is { } text:
                sql.Add("coalesce(").Add(text.Sql).Add(negate ? ",'') <> ''" : ",'') = ''"); break;
            case "Equals" when call is { Object: { } left, Arguments: [var right] } && left.Type == right.Type: filters.Predicate(Expression.Equal(left, right), negate); break;
            case "Contains" when Pair(call) is var (list, item): Contains(call, list, item, negate); break;
            case "Any" when call.Arguments is [var list] && members.Find(list) is { IsList: true } member:
                sql.Add("coalesce(").Add(FilterTranslator.LengthOf(member)).Add(negate ? ",0) = 0" : ",0) > 0"); break;
            case "Any" when call.Arguments is [var list, var test]: Any(call, list, Lambda(test), negate, false); break;
            case "All" when call.Arguments is [var list, var test]: Any(call, list, Lambda(test), !negate, true); break;
            default: throw FilterTranslator.Untranslatable(call);
        }
    }

    // Instance: list.Contains(x). Static: Enumerable.Contains(list, x), and C# 14's MemoryExtensions.Contains(span of array, x[, comparer: null]).
    private static (Expression List, Expression Item)? Pair(MethodCallExpression call) => call switch
    {
        { Object: { } list, Arguments: [var item] } => (list, item),
        { Object: null, Arguments: [var list, var item] } => (Array(list), item),
        { Object: null, Arguments: [var list, var item, ConstantExpression { Value: null }] } => (Array(list), item),
        _ => null,
    };

    private static Expression Array(Expression list) => list switch
    {
        MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var inner] } => Array(inner),
        MethodCallExpression { Method.Name: "AsSpan", Arguments: [var inner] } => Array(inner),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: not null } convert => convert.Operand,
        NewExpression { Arguments: [var inner] } when inner.Type.IsArray => inner,
        _ => list,
    };

    private static LambdaExpression Lambda(Expression test) => test switch
    {
        LambdaExpression lambda => lambda,
        UnaryExpression { NodeType: ExpressionType.Quote, Operand: LambdaExpression lambda } => lambda,
        _ => throw FilterTranslator.Untranslatable(test),
    };

    private void Text(MethodCallExpression call, bool negate)
    {
        if (members.Find(call.Object!) is not { } member || !Values.IsValue(call.Arguments[0]) || !IsOrdinal(call)) { throw FilterTranslator.Untranslatable(call); }
        var text = Values.Of(call.Arguments[0])?.ToString() ?? throw new InvalidOperationException($"'{call}' looks for null");
        sql.Add("(");
        if (text.Length == 0) { sql.Add(member.Sql).Add(" IS NOT NULL"); }
        else if (call.Method.Name == "Contains") { sql.Add("instr(").Add(member.Sql).Add(",").Value(text).Add(") > 0"); }
        else { Prefix(member, text); }
        sql.Add(negate ? ") IS NOT 1" : ")");
    }

    private static bool IsOrdinal(MethodCallExpression call) => call.Arguments.Count == 1
        || (call.Arguments is [_, var how] && how.Type == typeof(StringComparison) && Values.Of(how) is StringComparison.Ordinal);

    // A range, so that an index can serve it: SQLite compares text by code point.
    private void Prefix(SqlMember member, string prefix)
    {
        sql.Add(member.Sql).Add(" >= ").Value(prefix);
        if (After(prefix) is { } end) { sql.Add(" AND ").Add(member.Sql).Add(" < ").Value(end); }
    }

    // The smallest text that is greater than all that begin with the prefix.
    private static string? After(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0 && runes[^1].Value == 0x10FFFF) { runes.RemoveAt(runes.Count - 1); }
        if (runes.Count == 0) { return null; }
        var last = runes[^1].Value;
        runes[^1] = new Rune(last == 0xD7FF ? 0xE000 : last + 1);
        return string.Concat(runes);
    }

    private void Contains(MethodCallExpression call, Expression list, Expression item, bool negate)
    {
        if (Values.IsValue(list) && members.Find(item) is { } member) { OneOf(member, (IEnumerable?)Values.Of(list) ?? throw new InvalidOperationException($"the list of '{call}' is null"), negate); }
        else if (members.Find(list) is { IsList: true } stored && Values.IsValue(item)) { Holds(stored, Values.Of(item), negate); }
        else { throw FilterTranslator.Untranslatable(call); }
    }

    private void OneOf(SqlMember member, IEnumerable values, bool negate)
    {
        var all = values.Cast<object?>().ToList();
        var some = all.Where(v => v is not null).Select(v => member.Core.IsEnum ? Enum.ToObject(member.Core, v!) : v!).ToList();
        sql.Add("((").Add(member.Sql).Add(" IN (");
        if (member.Core.IsEnum) { sql.Join(",", some.Distinct().Order(), v => sql.Literal((Enum)v)); }
        else if (some.Count <= 4) { sql.Join(",", some, v => sql.Value(StoredJson.ToColumn(v))); }
        else { sql.Add("SELECT value FROM json_each(").Value(JsonSerializer.Serialize(some.Select(StoredJson.ToColumn), StoredJson.Options)).Add(")"); }
        sql.Add("))");
        if (all.Count > some.Count) { sql.Add(" OR ").Add(member.Sql).Add(" IS NULL"); }
        sql.Add(negate ? ") IS NOT 1" : ")");
    }

    private void Holds(SqlMember list, object? value, bool negate)
    {
        var element = Nullable.GetUnderlyingType(list.Element) ?? list.Element;
        var column = StoredJson.ToColumn(value is not null && element.IsEnum ? Enum.ToObject(element, value) : value);
        sql.Add(negate ? "NOT EXISTS (SELECT 1 FROM json_each(" : "EXISTS (SELECT 1 FROM json_each(").Add(list.Json!).Add($",'{list.Path}') e WHERE e.value IS ").Value(column).Add(")");
    }

    private void Any(MethodCallExpression call, Expression list, LambdaExpression test, bool negate, bool negateTest)
    {
        if (members.Find(list) is not { IsList: true } stored) { throw FilterTranslator.Untranslatable(call); }
        var alias = members.Element(test, stored);
        sql.Add(negate ? "NOT EXISTS (SELECT 1 FROM json_each(" : "EXISTS (SELECT 1 FROM json_each(").Add(stored.Json!).Add($",'{stored.Path}') {alias} WHERE ");
        filters.Predicate(test.Body, negateTest);
        sql.Add(")");
    }
}
