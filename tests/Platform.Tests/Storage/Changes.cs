using System.Text;
using Platform.Storage;

namespace Platform.Tests.Storage;

/// <summary>Every kind of update, beside what it means in memory.</summary>
internal static class Changes
{
    private static readonly (string Member, Action<Update<Thing>, int> Store, Func<Thing, int, Thing> Memory)[] All =
    [
        ("name", (u, v) => u.Set(t => t.Name, Text(v)), (t, v) => t with { Name = Text(v) }),
        ("note", (u, v) => u.Set(t => t.Note, v % 3 == 0 ? null : Text(v)), (t, v) => t with { Note = v % 3 == 0 ? null : Text(v) }),
        ("number", (u, v) => u.Set(t => t.Number, v), (t, v) => t with { Number = v }),
        ("total", (u, v) => u.Increment(t => t.Total, v - 500), (t, v) => t with { Total = t.Total + v - 500 }),
        ("rank", (u, v) => u.Set(t => t.Rank, v % 2 == 0 ? null : v), (t, v) => t with { Rank = v % 2 == 0 ? null : v }),
        ("score", (u, v) => u.Set(t => t.Score, v / 7.0), (t, v) => t with { Score = v / 7.0 }),
        ("done", (u, v) => u.Set(t => t.Done, v % 2 == 0), (t, v) => t with { Done = v % 2 == 0 }),
        ("sure", (u, v) => u.Set(t => t.Sure, v % 2 == 0 ? true : null), (t, v) => t with { Sure = v % 2 == 0 ? true : null }),
        ("colour", (u, v) => u.Set(t => t.Colour, Of(v)), (t, v) => t with { Colour = Of(v) }),
        ("dueAt", (u, v) => u.Set(t => t.DueAt, Cases.Instants[v % Cases.Instants.Length]), (t, v) => t with { DueAt = Cases.Instants[v % Cases.Instants.Length] }),
        ("place", (u, v) => u.Set(t => t.Place, v % 2 == 0 ? null : new Place(Text(v), null)), (t, v) => t with { Place = v % 2 == 0 ? null : new Place(Text(v), null) }),
        ("tags", (u, v) => u.Push(t => t.Tags, Text(v)), (t, v) => t with { Tags = [.. t.Tags, Text(v)] }),
        ("tags", (u, v) => u.Pull(t => t.Tags, Text(v)), (t, v) => t with { Tags = [.. t.Tags.Where(x => x != Text(v))] }),
        ("tags", (u, v) => u.Set(t => t.Tags, [Text(v), "x"]), (t, v) => t with { Tags = [Text(v), "x"] }),
        ("numbers", (u, v) => u.Pull(t => t.Numbers, Cases.Numbers[v % Cases.Numbers.Length]), (t, v) => t with { Numbers = [.. t.Numbers.Where(x => x != Cases.Numbers[v % Cases.Numbers.Length])] }),
        ("colours", (u, v) => u.Pull(t => t.Colours, Of(v)), (t, v) => t with { Colours = [.. t.Colours.Where(x => x != Of(v))] }),
        ("colours", (u, v) => u.Push(t => t.Colours, Of(v)), (t, v) => t with { Colours = [.. t.Colours, Of(v)] }),
        ("parts", (u, v) => u.Push(t => t.Parts, new Part(Text(v), v, ["z"])), (t, v) => t with { Parts = [.. t.Parts, new Part(Text(v), v, ["z"])] }),
        ("length", (u, v) => u.Set(t => t.Length, TimeSpan.FromMilliseconds(v)), (t, v) => t with { Length = TimeSpan.FromMilliseconds(v) }),
    ];

    public static int Count => All.Length;

    public static string MemberOf(int change) => All[change].Member;

    public static Update<Thing> Update(IReadOnlyList<(int Change, int Value)> changes)
    {
        var update = new Update<Thing>();
        foreach (var (change, value) in changes) { All[change].Store(update, value); }
        return update;
    }

    public static Thing Apply(IReadOnlyList<(int Change, int Value)> changes, Thing thing) =>
        changes.Aggregate(thing, (t, c) => All[c.Change].Memory(t, c.Value)) with { Version = thing.Version + 1 };

    private static string Text(int value) => Cases.Texts[value % Cases.Texts.Length];

    private static Colour Of(int value) => Cases.Colours[value % Cases.Colours.Length];
}

/// <summary>Every kind of sort key, beside what it means in memory: null first, text by code point, enums by name, the id last in the direction of the key before it.</summary>
internal static class SortKeys
{
    private static readonly (Action<Sort<Thing>, bool> Store, Func<Thing, IComparable?> Memory)[] All =
    [
        ((s, d) => Add(s, t => t.Name, d), t => new ByCodePoint(t.Name)), ((s, d) => Add(s, t => t.Note, d), t => t.Note is null ? null : new ByCodePoint(t.Note)), ((s, d) => Add(s, t => t.Number, d), t => t.Number),
        ((s, d) => Add(s, t => t.Rank, d), t => t.Rank), ((s, d) => Add(s, t => t.Score, d), t => t.Score), ((s, d) => Add(s, t => t.Done, d), t => t.Done), ((s, d) => Add(s, t => t.Sure, d), t => t.Sure),
        ((s, d) => Add(s, t => t.Colour, d), t => new ByCodePoint(t.Colour.ToString())), ((s, d) => Add(s, t => t.At, d), t => t.At), ((s, d) => Add(s, t => t.DueAt, d), t => t.DueAt), ((s, d) => Add(s, t => t.Length, d), t => t.Length),
        ((s, d) => Add(s, t => t.Place!.Zone, d), t => t.Place?.Zone is { } zone ? new ByCodePoint(zone) : null),
    ];

    public static int Count => All.Length;

    public static Sort<Thing>? Sort(IReadOnlyList<(int Key, bool Descending)> order)
    {
        var sort = new Sort<Thing>();
        foreach (var (key, descending) in order) { All[key].Store(sort, descending); }
        return sort;
    }

    public static IEnumerable<Thing> Apply(IReadOnlyList<(int Key, bool Descending)> order, IEnumerable<Thing> things)
    {
        var sorted = things.OrderBy(_ => 0);
        foreach (var (key, descending) in order) { sorted = descending ? sorted.ThenByDescending(All[key].Memory) : sorted.ThenBy(All[key].Memory); }
        return order[^1].Descending ? sorted.ThenByDescending(t => t.Id, StringComparer.Ordinal) : sorted.ThenBy(t => t.Id, StringComparer.Ordinal);
    }

    private static void Add<TValue>(Sort<Thing> sort, System.Linq.Expressions.Expression<Func<Thing, TValue>> member, bool descending) => _ = descending ? sort.ThenByDescending(member) : sort.ThenBy(member);

    private sealed record ByCodePoint(string Text) : IComparable
    {
        public int CompareTo(object? obj) => obj is ByCodePoint other ? Encoding.UTF8.GetBytes(Text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other.Text)) : 1;
    }
}
