using System.Linq.Expressions;
using FsCheck;
using FsCheck.Fluent;
using Platform.Primitives;

namespace Platform.Tests.Storage;

using Filter = Expression<Func<Thing, bool>>;

/// <summary>Random cases, from small sets of awkward values, so that things meet.</summary>
internal static class Cases
{
    public static readonly string[] Texts = ["", "a", "ab", "abc", "b", "A", "ü", "🎈", "\uE000", "a'b", "a\"b", "%", "_", "\\", "a\0b", "1", "true", "null"];
    public static readonly int[] Numbers = [int.MinValue, -1, 0, 1, 2, 3, 10, int.MaxValue];
    public static readonly double[] Scores = [-1.5, 0, 0.1, 0.30000000000000004, 1, 2.5, 1e300];
    public static readonly DateTimeOffset[] Instants = [DateTimeOffset.MinValue, At(0), At(1), At(0).AddTicks(1), At(3600).ToOffset(TimeSpan.FromHours(5)), At(0).AddYears(9), DateTimeOffset.MaxValue];
    public static readonly TimeSpan[] Lengths = [TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.FromTicks(1), TimeSpan.FromDays(400)];
    public static readonly Colour[] Colours = Enum.GetValues<Colour>();

    public sealed record FilterCase(IReadOnlyList<Thing> Things, IReadOnlyList<Filter> Filters);

    public sealed record PageCase(IReadOnlyList<Thing> Things, Filter Filter, IReadOnlyList<(int Key, bool Descending)> Order, int Limit)
    {
        public override string ToString() => $"{Filter} by {string.Join(", ", Order)} limit {Limit}";
    }

    public sealed record Step(Filter Filter, IReadOnlyList<(int Key, bool Descending)> Order, int Limit, IReadOnlyList<(int Change, int Value)> Changes)
    {
        public override string ToString() => $"{Filter} by {string.Join(", ", Order)} limit {Limit} changes {string.Join(", ", Changes)}";
    }

    public sealed record ChangeCase(IReadOnlyList<Thing> Things, IReadOnlyList<Step> Steps);

    public static Gen<FilterCase> Filtering => from things in Things from filters in Many(Filters.Any, 25, 25) select new FilterCase(things, filters);

    public static Gen<PageCase> Paging => from things in Things from filter in Filters.Any from order in Order from limit in Gen.Choose(1, 20) select new PageCase(things, filter, order, limit);

    public static Gen<ChangeCase> Changing => from things in Things from steps in Many(AStep, 6, 6) select new ChangeCase(things, steps);

    public static Gen<IReadOnlyList<T>> Many<T>(Gen<T> one, int least, int most) =>
        from count in Gen.Choose(least, most) from all in one.ArrayOf(count) select (IReadOnlyList<T>)all;

    private static Gen<IReadOnlyList<(int, bool)>> Order =>
        from all in Many(from key in Gen.Choose(0, SortKeys.Count - 1) from down in Gen.Elements(true, false) select (key, down), 1, 3)
        select (IReadOnlyList<(int, bool)>)[.. all.DistinctBy(k => k.key)];

    private static Gen<Step> AStep =>
        from filter in Filters.Any
        from order in Order
        from limit in Gen.Frequency((1, Gen.Constant(int.MaxValue)), (1, Gen.Choose(1, 10)))
        from changes in Many(from change in Gen.Choose(0, Changes.Count - 1) from value in Gen.Choose(0, 1000) select (change, value), 1, 5)
        select new Step(filter, order, limit, [.. changes.DistinctBy(c => Changes.MemberOf(c.change))]);

    private static Gen<IReadOnlyList<Thing>> Things => Many(AThing, 0, 40);

    private static Gen<Thing> AThing =>
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Make(new Random(seed));

    private static Thing Make(Random random) => new()
    {
        OrganizationId = Ids.New(), Name = Of(random, Texts), Note = Maybe(random, Texts), Number = Of(random, Numbers), Total = Of(random, Numbers), Rank = random.Next(3) == 0 ? null : Of(random, Numbers),
        Score = Of(random, Scores), Done = random.Next(2) == 0, Sure = random.Next(3) == 0 ? null : random.Next(2) == 0, Colour = Of(random, Colours), Shade = random.Next(3) == 0 ? null : Of(random, Colours),
        At = Of(random, Instants), DueAt = random.Next(3) == 0 ? null : Of(random, Instants), Place = random.Next(3) == 0 ? null : new Place(Of(random, Texts), Maybe(random, Texts)), Length = Of(random, Lengths),
        Tags = Some(random, Texts), Numbers = Some(random, Numbers), Colours = Some(random, Colours), Parts = [.. Some(random, Texts).Select(t => new Part(t, Of(random, Numbers), Some(random, Texts)))],
    };

    private static T Of<T>(Random random, T[] values) => values[random.Next(values.Length)];

    private static string? Maybe(Random random, string[] values) => random.Next(3) == 0 ? null : Of(random, values);

    private static T[] Some<T>(Random random, T[] values) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => Of(random, values))];

    private static DateTimeOffset At(int seconds) => new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).AddSeconds(seconds);
}
