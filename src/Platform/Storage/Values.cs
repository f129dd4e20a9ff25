using System.Linq.Expressions;
using System.Reflection;

namespace Platform.Storage;

/// <summary>Evaluates the parts of a filter that do not speak of the record: constants, captured variables, calls on them.</summary>
internal static class Values
{
    public static object? Of(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member when member.Expression is null or ConstantExpression or MemberExpression => field.GetValue(Holder(member)),
        MemberExpression { Member: PropertyInfo property } member when member.Expression is null or ConstantExpression or MemberExpression => property.GetValue(Holder(member)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert when convert.Type.IsAssignableFrom(convert.Operand.Type) || Nullable.GetUnderlyingType(convert.Type) == convert.Operand.Type => Of(convert.Operand),
        UnaryExpression { NodeType: ExpressionType.Not, Method: null } not when not.Type == typeof(bool) => Of(not.Operand) is false,
        BinaryExpression { NodeType: ExpressionType.Equal or ExpressionType.NotEqual } test when IsNull(test.Right) => Of(test.Left) is null == (test.NodeType == ExpressionType.Equal),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: !SpanFinder.In(expression))(),
    };

    /// <summary>Whether the expression speaks of no record, so that it is a value.</summary>
    public static bool IsValue(Expression expression) => !ParameterFinder.In(expression);

    private static bool IsNull(Expression expression) => expression is ConstantExpression { Value: null } or UnaryExpression { NodeType: ExpressionType.Convert, Operand: ConstantExpression { Value: null } };

    private static object? Holder(MemberExpression member)
    {
        if (member.Expression is null) { return null; }
        return Of(member.Expression) ?? throw new InvalidOperationException($"a filter reads '{member.Member.Name}' of a value that is null");
    }

    private sealed class ParameterFinder : ExpressionVisitor
    {
        private bool _found;

        public static bool In(Expression expression)
        {
            var finder = new ParameterFinder();
            finder.Visit(expression);
            return finder._found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _found = true;
            return node;
        }
    }

    // The interpreter of expressions cannot hold a span (array.Contains is one in C# 14); compiling takes a while longer.
    private sealed class SpanFinder : ExpressionVisitor
    {
        private bool _found;

        public static bool In(Expression expression)
        {
            var finder = new SpanFinder();
            finder.Visit(expression);
            return finder._found;
        }

        public override Expression? Visit(Expression? node)
        {
            _found |= node?.Type.IsByRefLike == true;
            return base.Visit(node);
        }
    }
}
