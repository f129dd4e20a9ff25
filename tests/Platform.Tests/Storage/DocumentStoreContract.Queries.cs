#pragma warning disable CA1862, CA1866, CA1307 // the filters that are refused are written as people would write them
using Platform.Storage;

namespace Platform.Tests.Storage;

public abstract partial class DocumentStoreContract
{
    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        await Things.InsertManyAsync([.. Enumerable.Range(0, 25).Select(n => A($"{n}") with { Rank = n % 4 == 0 ? null : n % 3, At = Noon.AddMinutes(n / 5) })], None);
        await Others.InsertAsync(Theirs(), None);
        Sort<Thing>?[] sorts =
        [
            null, Sort<Thing>.By(t => t.At), Sort<Thing>.ByDescending(t => t.At), Sort<Thing>.By(t => t.Rank), Sort<Thing>.ByDescending(t => t.Rank),
            Sort<Thing>.By(t => t.Rank).ThenByDescending(t => t.At), Sort<Thing>.ByDescending(t => t.Rank).ThenBy(t => t.At).ThenBy(t => t.Name),
        ];
        foreach (var sort in sorts)
        {
            var whole = (await Things.FindAsync(new Query<Thing> { Sort = sort, Limit = 1000 }, None)).Items.Select(t => t.Id);
            (await AllPagesAsync(new Query<Thing> { Sort = sort, Limit = 3 })).ShouldBe(whole);
        }
    }

    [Fact]
    public async Task The_last_page_says_so()
    {
        await Things.InsertManyAsync([A(), A(), A(), A()], None);
        var first = await Things.FindAsync(new Query<Thing> { Limit = 2 }, None);
        var second = await Things.FindAsync(new Query<Thing> { Limit = 2, Cursor = first.NextCursor.ShouldNotBeNull() }, None);
        second.NextCursor.ShouldBeNull();
        (await Things.FindAsync(new Query<Thing> { Limit = 4 }, None)).NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task Pages_stay_exact_while_records_come_and_go()
    {
        var old = Enumerable.Range(0, 40).Select(n => A("old") with { At = Noon.AddMinutes(n / 4) }).ToList();
        await Things.InsertManyAsync(old, None);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Things.FindAsync(new Query<Thing> { Sort = Sort<Thing>.By(t => t.At), Limit = 6, Cursor = cursor }, None);
            seen.AddRange(page.Items.Where(t => t.Name == "old").Select(t => t.Id));
            await Things.InsertManyAsync([A("new") with { At = Noon.AddMinutes(-1) }, A("new") with { At = Noon.AddMinutes(5) }], None);
            await Things.DeleteAsync(page.Items[^1].Id, None);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        seen.ShouldBe(old.Select(t => t.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task A_cursor_of_another_query_is_refused()
    {
        await Things.InsertManyAsync([A(), A(), A()], None);
        var cursor = (await Things.FindAsync(new Query<Thing> { Filter = t => t.Name == "a", Limit = 1 }, None)).NextCursor;
        Query<Thing>[] others =
        [
            new() { Filter = t => t.Name == "b", Cursor = cursor }, new() { Cursor = cursor }, new() { Filter = t => t.Name == "a", Sort = Sort<Thing>.By(t => t.At), Cursor = cursor },
            new() { Cursor = "" }, new() { Cursor = "nonsense" }, new() { Cursor = "!§$" }, new() { Filter = t => t.Name == "a", Cursor = cursor + "AA" },
        ];
        foreach (var other in others) { await Should.ThrowAsync<InvalidCursorException>(async () => await Things.FindAsync(other, None)); }
        await Should.ThrowAsync<InvalidCursorException>(async () => await Others.FindAsync(new Query<Thing> { Filter = t => t.Name == "a", Cursor = cursor }, None));
    }

    [Fact]
    public async Task A_cursor_survives_the_clock()
    {
        await Things.InsertManyAsync([A() with { At = Noon }, A() with { At = Noon }], None);
        var now = Noon;
        var first = await Things.FindAsync(new Query<Thing> { Filter = t => t.At <= now, Limit = 1 }, None);
        now = Noon.AddSeconds(5);
        (await Things.FindAsync(new Query<Thing> { Filter = t => t.At <= now, Limit = 1, Cursor = first.NextCursor }, None)).Items.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_of_no_sensible_size_is_refused(int limit) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Things.FindAsync(new Query<Thing> { Limit = limit }, None));

    [Fact]
    public async Task A_stream_brings_all_matches_in_order()
    {
        await Things.InsertManyAsync([.. Enumerable.Range(0, 1203).Select(n => A() with { Number = n % 400, Done = n % 2 == 0 })], None);
        var numbers = new List<int>();
        await foreach (var thing in Things.StreamAsync(new Query<Thing> { Filter = t => t.Done, Sort = Sort<Thing>.By(t => t.Number) }, None)) { numbers.Add(thing.Number); }
        numbers.Count.ShouldBe(602);
        numbers.ShouldBe(numbers.Order());
    }

    [Fact]
    public async Task Filters_mean_what_they_mean_in_csharp()
    {
        string? nothing = null;
        int? nowhere = null;
        int[] numbers = [1, 2, 3, 4, 5, 6];
        var names = new List<string?> { "a", null };
        IReadOnlyCollection<Colour> colours = [Colour.Green, Colour.Blue];
        var place = new Place("Rome", "z");
        await Things.InsertManyAsync(
        [
            A("one") with { Number = 1, Note = "100% sure_", Colour = Colour.Green, Shade = Colour.Blue, Sure = true, Done = true, Place = place, Rank = 4, DueAt = Noon, Tags = ["x", "y"], Numbers = [3], Colours = [Colour.Blue], Parts = [new("text", 5, ["deep"])], Score = 0.1, Price = 9.99m },
            A("two") with { Number = 10, At = Noon, Length = TimeSpan.FromHours(2) },
        ], None);
        await MatchesAsync(1, t => t.Note != null && t.Note!.Contains("0% s"), t => t.Note!.Contains("sure_"), t => t.Name.StartsWith("on", StringComparison.Ordinal), t => t.Place!.Zone == "z", t => t.Place != null,
            t => t.Rank > 3, t => t.Rank == 4, t => t.Rank.HasValue, t => t.Rank!.Value >= 4, t => t.Number > 9L, t => t.Number < 9.5 && t.Number > 0.5, t => t.Colour == Colour.Green, t => t.Shade == Colour.Blue, t => t.Colour > Colour.Red,
            t => t.Colour != Colour.Red, t => t.Sure == true, t => t.Sure != null, t => t.Done, t => t.Done == true, t => !t.Done, t => t.DueAt == Noon, t => t.DueAt != null && t.DueAt < Noon.AddTicks(1), t => t.At == Noon.ToOffset(TimeSpan.FromHours(5)),
            t => numbers.Contains(t.Number), t => colours.Contains(t.Colour), t => t.Tags.Contains("y"), t => t.Numbers.Contains(3), t => t.Colours.Contains(Colour.Blue), t => t.Tags.Any(), t => t.Tags.Any(x => x == "x"), t => t.Tags.Count > 1,
            t => t.Parts.Any(p => p.Weight > 4 && p.Tags.Contains("deep")), t => t.Parts.Any(p => p.Tags.Any(x => x.StartsWith("de", StringComparison.Ordinal))), t => t.Score == 0.1, t => t.Price == 9.99m, t => t.Price > 9.98m && t.Price < 10m, t => t.Length > TimeSpan.FromHours(1), t => string.IsNullOrEmpty(t.Note));
        await MatchesAsync(2, t => true, t => !(t.Rank > 4), t => !(t.Rank < 4), t => t.Rank != 5, t => t.Note != "x", t => !(t.Note == "x"), t => t.Note != nothing || t.Number == 10, t => !t.Tags.Contains("z"), t => nothing == null || t.Name.Contains(nothing), t => numbers.Contains(3) && numbers.Length > 2, t => nothing == null || !(nothing != null && t.Name.Contains(nothing)));
        await MatchesAsync(0, t => false, t => t.Name.StartsWith("ON", StringComparison.Ordinal), t => t.Name.StartsWith("o%", StringComparison.Ordinal), t => t.Note!.Contains("SURE"), t => t.Number > t.Total && t.Number == 0, t => names.Contains(t.Name), t => t.Rank < nowhere, t => numbers.Contains(t.Number) && t.Number > 6);
        await MatchesAsync(1, t => t.Note == nothing, t => t.Rank == null, t => names.Contains(t.Note), t => t.Place == null, t => !numbers.Contains(t.Number), t => t.Parts.All(p => p.Weight > 5));
    }

    [Fact]
    public async Task What_cannot_be_pushed_down_is_refused_at_once()
    {
        System.Linq.Expressions.Expression<Func<Thing, bool>>[] filters =
        [
            t => t.Name.Length > 2, t => t.Name.ToUpperInvariant() == "A", t => t.Number + 1 > 2, t => t.Number % 2 == 0, t => t.Computed == "x", t => t.Name.EndsWith("x"), t => t.At.Year == 2026,
            t => string.Compare(t.Name, "b", StringComparison.Ordinal) > 0, t => t.Name.StartsWith("x", StringComparison.OrdinalIgnoreCase), t => t.Place == new Place("a", null), t => t.ByName["x"].Weight > 1,
        ];
        foreach (var filter in filters) { await Should.ThrowAsync<NotSupportedException>(async () => await Things.CountAsync(filter, None), filter.ToString()); }
        await Should.ThrowAsync<NotSupportedException>(async () => await Things.FindAsync(new Query<Thing> { Sort = Sort<Thing>.By(t => t.Tags) }, None));
        await Should.ThrowAsync<NotSupportedException>(async () => await Things.FindAsync(new Query<Thing> { Sort = Sort<Thing>.By(t => t.Name.Length) }, None));
    }

    [Fact]
    public async Task Values_never_become_part_of_the_query()
    {
        var evil = "x' OR 1=1; DROP TABLE test_things; --";
        await Things.InsertManyAsync([A(evil) with { Tags = [evil] }, A("b")], None);
        await MatchesAsync(1, t => t.Name == evil, t => t.Name.StartsWith(evil, StringComparison.Ordinal), t => t.Name.Contains(evil), t => t.Tags.Contains(evil), t => new[] { evil }.Contains(t.Name));
    }

    [Fact]
    public async Task Groups_count_and_aggregate()
    {
        await Things.InsertManyAsync(
        [
            A() with { Colour = Colour.Red, At = Noon, Number = 1, Rank = 2 }, A() with { Colour = Colour.Red, At = Noon.AddHours(11), Number = 2 }, A() with { Colour = Colour.Blue, At = Noon.AddHours(13), Number = 4, DueAt = Noon },
        ], None);
        var byColour = await Things.GroupAsync(new GroupQuery<Thing>().By(t => t.Colour).Sum("sum", t => t.Number).Average("avg", t => t.Number).Min("min", t => t.Rank).Max("max", t => t.Number), None);
        byColour.Select(g => (g.Keys[0], g.Count, g.Values["sum"], g.Values["avg"], g.Values["min"], g.Values["max"])).ShouldBe([("Blue", 1, 4, 4, null, 4), ("Red", 2, 3, 1.5, 2, 2)]);
        (await KeysAsync(new GroupQuery<Thing>().By(t => t.At, DateBucket.Day))).ShouldBe(["2026-11-22T00:00:00Z 2", "2026-11-23T00:00:00Z 1"]);
        (await KeysAsync(new GroupQuery<Thing>().By(t => t.At, DateBucket.Hour))).ShouldBe(["2026-11-22T12:00:00Z 1", "2026-11-22T23:00:00Z 1", "2026-11-23T01:00:00Z 1"]);
        (await KeysAsync(new GroupQuery<Thing>().By(t => t.DueAt, DateBucket.Month).By(t => t.Colour))).ShouldBe([",Red 2", "2026-11-01T00:00:00Z,Blue 1"]);
        (await KeysAsync(new GroupQuery<Thing> { Filter = t => t.Number > 1 })).ShouldBe([" 2"]);
    }

    private async Task<List<string>> KeysAsync(GroupQuery<Thing> query) => [.. (await Things.GroupAsync(query, None)).Select(g => $"{string.Join(',', g.Keys)} {g.Count}")];

    private async Task MatchesAsync(int count, params System.Linq.Expressions.Expression<Func<Thing, bool>>[] filters)
    {
        foreach (var filter in filters) { (await Things.CountAsync(filter, None)).ShouldBe(count, filter.ToString()); }
    }

    private async Task<List<string>> AllPagesAsync(Query<Thing> query)
    {
        var ids = new List<string>();
        do
        {
            var page = await Things.FindAsync(query, None);
            page.Items.Count.ShouldBeInRange(1, query.Limit);
            ids.AddRange(page.Items.Select(t => t.Id));
            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);
        return ids;
    }
}
