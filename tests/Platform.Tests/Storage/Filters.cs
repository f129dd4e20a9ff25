using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;

namespace Platform.Tests.Storage;

using Filter = Expression<Func<Thing, bool>>;

/// <summary>Random filters over everything that <c>Query&lt;T&gt;</c> promises, as the compiler would write them: constants and captured variables, lifted and converted comparisons.</summary>
internal static class Filters
{
    private static readonly ParameterExpression Root = Expression.Parameter(typeof(Thing), "t");

    public static Gen<Filter> Any => from body in Tree(3) select Expression.Lambda<Func<Thing, bool>>(body, Root);

    private static Gen<Expression> Tree(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (3, Leaf),
        (2, from left in Tree(depth - 1) from right in Tree(depth - 1) select (Expression)Expression.AndAlso(left, right)),
        (2, from left in Tree(depth - 1) from right in Tree(depth - 1) select (Expression)Expression.OrElse(left, right)),
        (2, from inner in Tree(depth - 1) select (Expression)Expression.Not(inner)),
        (1, from constant in Gen.Elements(true, false) from right in Tree(depth - 1) select (Expression)Expression.OrElse(Captured(constant), right)));

    private static Gen<Expression> Leaf => Gen.OneOf(
        Compare(nameof(Thing.Number), Cases.Numbers, true), Compare(nameof(Thing.Total), [.. Cases.Numbers.Select(n => (long)n)], true), CompareOptional(nameof(Thing.Rank), Cases.Numbers), Compare(nameof(Thing.Score), Cases.Scores, true),
        Compare(nameof(Thing.At), Cases.Instants, true), CompareOptional(nameof(Thing.DueAt), Cases.Instants), Compare(nameof(Thing.Length), Cases.Lengths, true),
        Enums(nameof(Thing.Colour), typeof(int)), Enums(nameof(Thing.Shade), typeof(int?)), Compare(nameof(Thing.Name), Cases.Texts, false), Compare<string?>(nameof(Thing.Note), [.. Cases.Texts, null], false),
        Fixed, Texts, Lists, OneOf, Widened, Guarded);

    private static Gen<Expression> Compare<T>(string member, T[] values, bool ordered) =>
        from kind in Kind(ordered) from value in Value(values) from mirrored in Gen.Elements(true, false)
        select mirrored ? (Expression)Expression.MakeBinary(kind, value, Of(member)) : Expression.MakeBinary(kind, Of(member), value);

    private static Gen<Expression> CompareOptional<T>(string member, T[] values) where T : struct => Compare<T?>(member, [.. values.Select(v => (T?)v), null], true);

    // The compiler compares enums as their numbers.
    private static Gen<Expression> Enums(string member, Type number) =>
        from kind in Kind(true) from value in Gen.Elements(Cases.Colours)
        select (Expression)Expression.MakeBinary(kind, Expression.Convert(Of(member), number), Expression.Convert(Expression.Constant((int)value), number));

    private static Gen<Expression> Fixed => Gen.Elements(
        Body(t => t.Done), Body(t => t.Done == false), Body(t => t.Sure == true), Body(t => t.Sure != true), Body(t => t.Sure == null), Body(t => t.Sure ?? true), Body(t => t.Rank.HasValue), Body(t => t.Rank == t.Number), Body(t => t.Number < t.Total),
        Body(t => t.Number <= t.Rank), Body(t => t.Note == t.Name), Body(t => t.Note != t.Name), Body(t => t.DueAt > t.At), Body(t => t.Place == null), Body(t => t.Place != null), Body(t => t.Tags.Any()), Body(t => t.Numbers.Count > 1),
        Body(t => string.IsNullOrEmpty(t.Note)), Body(t => t.Shade == t.Colour), Body(t => t.Version == 1), Body(t => (t.Number > 1) == true));

    private static Gen<Expression> Texts => Gen.OneOf(
        Text(v => t => t.Name.StartsWith(v, StringComparison.Ordinal)), Text(v => t => t.Name.Contains(v)), Text(v => t => t.Note != null && t.Note.StartsWith(v, StringComparison.Ordinal)), Text(v => t => t.Note != null && t.Note.Contains(v)));

    private static Gen<Expression> Lists => Gen.OneOf(
        Text(v => t => t.Tags.Contains(v)), Text(v => t => t.Tags.Any(x => x == v)), Text(v => t => t.Tags.Any(x => x.StartsWith(v, StringComparison.Ordinal))), Text(v => t => t.Tags.All(x => x != v)),
        Text(v => t => t.Parts.Any(p => p.Text == v && p.Weight > 0)), Text(v => t => t.Parts.Any(p => p.Tags.Contains(v) || p.Tags.Any(x => x == p.Text))), Text(v => t => !t.Parts.All(p => p.Text != v)),
        from n in Gen.Elements(Cases.Numbers) select Body(t => t.Numbers.Contains(n)), from n in Gen.Elements(Cases.Numbers) select Body(t => t.Numbers.Any(x => x > n)),
        from c in Gen.Elements(Cases.Colours) select Body(t => t.Colours.Contains(c)), from c in Gen.Elements(Cases.Colours) select Body(t => t.Colours.Any(x => x == c)));

    private static Gen<Expression> OneOf => Gen.OneOf(
        from some in Cases.Many(Gen.Elements(Cases.Texts), 0, 7) let list = some.ToList() select Body(t => list.Contains(t.Name)),
        from some in Cases.Many(Gen.Elements(Cases.Texts), 0, 3) let list = some.Append(null).ToArray() select Body(t => list.Contains(t.Note)),
        from some in Cases.Many(Gen.Elements(Cases.Numbers), 0, 7) let list = some.ToArray() select Body(t => list.Contains(t.Number)),
        from some in Cases.Many(Gen.Elements(Cases.Numbers), 0, 7) let list = some.Select(n => (int?)n).Append(null).ToHashSet() select Body(t => list.Contains(t.Rank)),
        from some in Cases.Many(Gen.Elements(Cases.Colours), 0, 3) let list = some.ToArray() select Body(t => list.Contains(t.Colour)),
        from some in Cases.Many(Gen.Elements(Cases.Instants), 0, 6) select Body(t => some.Contains(t.At)));

    private static Gen<Expression> Widened =>
        from kind in Kind(true) from value in Gen.Elements(-0.5, 0.5, 2.0, 3e9)
        select (Expression)Expression.MakeBinary(kind, Expression.Convert(Of(nameof(Thing.Number)), typeof(double)), Expression.Constant(value));

    private static Gen<Expression> Guarded => Gen.OneOf(
        from v in Gen.Elements<string?>([.. Cases.Texts, null]) select Body(t => t.Place != null && t.Place.Zone == v), from v in Gen.Elements(Cases.Texts) select Body(t => t.Place == null || t.Place.Name != v));

    private static Gen<ExpressionType> Kind(bool ordered) => ordered
        ? Gen.Elements(ExpressionType.Equal, ExpressionType.NotEqual, ExpressionType.LessThan, ExpressionType.LessThanOrEqual, ExpressionType.GreaterThan, ExpressionType.GreaterThanOrEqual)
        : Gen.Elements(ExpressionType.Equal, ExpressionType.NotEqual);

    private static Gen<Expression> Value<T>(T[] values) => from value in Gen.Elements(values) from captured in Gen.Elements(true, false) select captured ? Captured(value) : Expression.Constant(value, typeof(T));

    private static Expression Captured<T>(T value) => Expression.Field(Expression.Constant(new StrongBox<T>(value)), nameof(StrongBox<T>.Value));

    private static Gen<Expression> Text(Func<string, Filter> make) => from value in Gen.Elements(Cases.Texts) select Body(make(value));

    private static MemberExpression Of(string member) => Expression.Property(Root, member);

    private static Expression Body(Filter filter) => new Rename(filter.Parameters[0]).Visit(filter.Body);

    private sealed class Rename(ParameterExpression from) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? Root : node;
    }
}
