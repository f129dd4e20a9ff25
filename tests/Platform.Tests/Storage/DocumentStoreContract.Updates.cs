using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.Storage;

public abstract partial class DocumentStoreContract
{
    [Fact]
    public async Task An_update_changes_what_it_names_and_returns_the_record_after()
    {
        var thing = await Things.InsertAsync(A() with { Numbers = [1, 2, 1], Total = 5, Place = new Place("Rome", null) }, None);
        var update = new Update<Thing>().Set(t => t.Name, "new").Set(t => t.Colour, Colour.Blue).Set(t => t.Place!.Zone, "Europe/Rome").Set(t => t.DueAt, Noon)
            .Increment(t => t.Total, 3).Increment(t => t.Number).Push(t => t.Tags, "tag").Push(t => t.Parts, new Part("p", 1, ["x"])).Pull(t => t.Numbers, 1);
        var after = (await Things.UpdateOneAsync(t => t.Id == thing.Id, update)).ShouldNotBeNull();
        after.ShouldMatch(thing with
        {
            Version = 2, Name = "new", Colour = Colour.Blue, Place = new Place("Rome", "Europe/Rome"), DueAt = Noon, Total = 8, Number = 1,
            Tags = ["tag"], Parts = [new Part("p", 1, ["x"])], Numbers = [2],
        });
        (await Things.GetAsync(thing.Id, None)).ShouldMatch(after);
    }

    [Fact]
    public async Task A_whole_list_or_record_can_be_set_and_set_to_null()
    {
        var thing = await Things.InsertAsync(A() with { Place = new Place("Rome", null), DueAt = Noon }, None);
        var update = new Update<Thing>().Set(t => t.Place, null).Set(t => t.DueAt, null).Set(t => t.Tags, ["a", "b"]).Set(t => t.Parts, [new Part("q", 2, [])]);
        var after = (await Things.UpdateOneAsync(t => t.Id == thing.Id, update)).ShouldNotBeNull();
        after.ShouldMatch(thing with { Version = 2, Place = null, DueAt = null, Tags = ["a", "b"], Parts = [new Part("q", 2, [])] });
    }

    [Fact]
    public async Task An_update_of_many_counts_them()
    {
        await Things.InsertManyAsync([A("x"), A("x"), A("y")], None);
        (await Things.UpdateManyAsync(t => t.Name == "x", new Update<Thing>().Set(t => t.Done, true), None)).ShouldBe(2);
        (await Things.CountAsync(t => t.Done && t.Version == 2, None)).ShouldBe(2);
    }

    [Fact]
    public async Task An_update_takes_the_first_in_the_order_given()
    {
        await Things.InsertManyAsync([A("a") with { Number = 2 }, A("b") with { Number = 9 }, A("c") with { Number = 5 }], None);
        (await Things.UpdateOneAsync(t => !t.Done, new Update<Thing>().Set(t => t.Done, true), Sort<Thing>.ByDescending(t => t.Number)))!.Name.ShouldBe("b");
        (await Things.UpdateOneAsync(t => !t.Done, new Update<Thing>().Set(t => t.Done, true), Sort<Thing>.By(t => t.Number)))!.Name.ShouldBe("a");
    }

    [Fact]
    public async Task An_update_that_breaks_a_unique_index_changes_nothing()
    {
        await Things.InsertManyAsync([A() with { Slug = "x" }, A("b") with { Slug = "y" }], None);
        var failure = await Should.ThrowAsync<DuplicateKeyException>(() => Things.UpdateOneAsync(t => t.Name == "b", new Update<Thing>().Set(t => t.Slug, "x")));
        ShouldName(failure, "slug");
        await Should.ThrowAsync<DuplicateKeyException>(() => Things.UpdateManyAsync(t => true, new Update<Thing>().Set(t => t.Slug, "z"), None));
        (await Things.CountAsync(t => t.Version == 1, None)).ShouldBe(2);
    }

    [Fact]
    public void An_update_that_changes_a_member_twice_is_refused() =>
        Should.Throw<NotSupportedException>(() => Things.UpdateManyAsync(t => true, new Update<Thing>().Set(t => t.Total, 1).Increment(t => t.Total), None));

    [Fact]
    public async Task A_claim_takes_in_order_up_to_the_limit()
    {
        await Things.InsertManyAsync([.. Enumerable.Range(0, 10).Select(n => A($"{n}") with { Number = n })], None);
        var claimed = await Things.ClaimAsync(t => !t.Done, Sort<Thing>.ByDescending(t => t.Number), 3, new Update<Thing>().Set(t => t.Done, true), None);
        claimed.Select(t => t.Number).ShouldBe([9, 8, 7]);
        claimed.ShouldAllBe(t => t.Done && t.Version == 2);
        (await Things.ClaimAsync(t => !t.Done, Sort<Thing>.By(t => t.Number), 100, new Update<Thing>().Set(t => t.Done, true), None)).Count.ShouldBe(7);
        (await Things.ClaimAsync(t => !t.Done, Sort<Thing>.By(t => t.Number), 100, new Update<Thing>().Set(t => t.Done, true), None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sixty_four_claimers_never_share_a_record()
    {
        await Things.InsertManyAsync([.. Enumerable.Range(0, 500).Select(n => A() with { Number = n })], None);
        var claims = await Task.WhenAll(Enumerable.Range(0, 64).Select(worker => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await Every.ClaimAsync(t => t.Note == null, Sort<Thing>.By(t => t.Number), 3, new Update<Thing>().Set(t => t.Note, $"{worker}"), None) is { Count: > 0 } some) { mine.AddRange(some.Select(t => t.Id)); }
            return mine;
        })));
        var all = claims.SelectMany(c => c).ToList();
        all.Count.ShouldBe(500);
        all.Distinct().Count().ShouldBe(500);
    }

    [Fact]
    public async Task A_thousand_increments_at_once_are_all_counted()
    {
        var thing = await Things.InsertAsync(A(), None);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => Things.UpdateOneAsync(t => t.Id == thing.Id, new Update<Thing>().Increment(t => t.Total)))));
        var after = (await Things.GetAsync(thing.Id, None)).ShouldNotBeNull();
        (after.Total, after.Version).ShouldBe((1000, 1001));
    }

    [Fact]
    public async Task Of_many_replaces_of_one_version_one_wins()
    {
        var thing = await Things.InsertAsync(A(), None);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(() => Things.TryReplaceAsync(thing with { Number = n }, None))));
        var won = outcomes.Where(o => o is not null).ShouldHaveSingleItem();
        (await Things.GetAsync(thing.Id, None)).ShouldMatch(won);
    }

    [Fact]
    public async Task A_batch_is_written_whole_or_not_at_all()
    {
        var (caller, thing) = (Caller.System(_one), await Things.InsertAsync(A(), None));
        (await Store.CommitAsync(new WriteBatch().Insert(caller, A("new")).Replace(caller, thing with { Name = "changed" }).Insert(Caller.Platform, new Setting { Key = "k" }), None)).ShouldBeTrue();
        (await Store.CommitAsync(new WriteBatch().Insert(caller, A("never")).Replace(caller, thing with { Name = "stale" }), None)).ShouldBeFalse();
        (await Store.CommitAsync(new WriteBatch().Insert(caller, A("never")).Update<Thing>(caller, t => t.Name == "nobody", new Update<Thing>().Set(t => t.Done, true)), None)).ShouldBeFalse();
        (await Store.CommitAsync(new WriteBatch().Insert(caller, A("never")).Delete<Thing>(caller, "nobody"), None)).ShouldBeFalse();
        await Should.ThrowAsync<DuplicateKeyException>(() => Store.CommitAsync(new WriteBatch().Insert(caller, A("never")).Insert(Caller.Platform, new Setting { Key = "k" }), None));
        (await Things.CountAsync(t => t.Name == "never", None)).ShouldBe(0);
        (await Things.CountAsync(t => true, None)).ShouldBe(2);
        (await Store.CommitAsync(new WriteBatch().Delete<Thing>(caller, thing.Id).Update<Thing>(caller, t => t.Name == "nobody", new Update<Thing>().Set(t => t.Done, true), required: false), None)).ShouldBeTrue();
        (await Things.GetAsync(thing.Id, None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_batch_is_held_to_its_callers_organization()
    {
        var theirs = await Others.InsertAsync(Theirs(), None);
        (await Store.CommitAsync(new WriteBatch().Delete<Thing>(Caller.System(_one), theirs.Id), None)).ShouldBeFalse();
        (await Store.CommitAsync(new WriteBatch().Update<Thing>(Caller.System(_one), t => t.Id == theirs.Id, new Update<Thing>().Set(t => t.Done, true)), None)).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => Store.CommitAsync(new WriteBatch().Insert(Caller.System(_one), Theirs()), None));
        (await Others.GetAsync(theirs.Id, None)).ShouldMatch(theirs);
    }

    [Fact]
    public async Task Failures_do_not_hurt_their_neighbours()
    {
        await Things.InsertAsync(A() with { Slug = "taken" }, None);
        var writes = Enumerable.Range(0, 300).Select(n => Task.Run(async () =>
        {
            try { await Things.InsertManyAsync([A($"{n}"), A($"{n}") with { Slug = n % 3 == 0 ? "taken" : $"{n}" }], None); return true; }
            catch (DuplicateKeyException) { return false; }
        }));
        (await Task.WhenAll(writes)).Count(written => written).ShouldBe(200);
        (await Things.CountAsync(t => true, None)).ShouldBe(401);
    }
}
