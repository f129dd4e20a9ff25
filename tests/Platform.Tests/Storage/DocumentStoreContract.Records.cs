using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.Storage;

public abstract partial class DocumentStoreContract
{
    [Fact]
    public async Task A_record_comes_back_as_it_was()
    {
        var thing = A("Ünï 🎈 \"quoted\" \\ \n") with
        {
            Note = "", Number = -7, Total = long.MaxValue, Rank = 3, Score = 0.1 + 0.2, Price = 12.50m, Done = true, Sure = false, Colour = Colour.Blue, Shade = Colour.Green,
            At = new DateTimeOffset(2026, 3, 29, 1, 2, 3, 4, TimeSpan.FromHours(2)).AddTicks(7), DueAt = Noon, Place = new Place("Rome", null), Tags = ["x", "", "ü"], Numbers = [1, 2],
            Colours = [Colour.Red], Parts = [new Part("p", 1, ["t"])], ByName = new Dictionary<string, Part> { ["Key One"] = new("q", 2, []) }, Length = TimeSpan.FromSeconds(1.5),
        };
        var stored = await Things.InsertAsync(thing, None);
        stored.Version.ShouldBe(1);
        var read = await Things.GetAsync(thing.Id, None);
        read.ShouldNotBeNull().ShouldMatch(stored);
        read.At.Offset.ShouldBe(TimeSpan.Zero);
        read.At.ShouldBe(thing.At);
    }

    [Fact]
    public async Task A_record_that_is_not_there_is_null()
    {
        (await Things.GetAsync(Ids.New(), None)).ShouldBeNull();
        (await Things.FirstAsync(t => t.Name == "nobody")).ShouldBeNull();
        (await Things.DeleteAsync(Ids.New(), None)).ShouldBeFalse();
        (await Things.TryReplaceAsync(A() with { Version = 1 }, None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_same_id_twice_is_a_duplicate()
    {
        var thing = await Things.InsertAsync(A(), None);
        var failure = await Should.ThrowAsync<DuplicateKeyException>(() => Things.InsertAsync(thing, None));
        failure.Collection.ShouldBe("test_things");
        (await Things.CountAsync(t => true, None)).ShouldBe(1);
    }

    [Fact]
    public async Task Many_are_added_together_or_not_at_all()
    {
        await Things.InsertManyAsync([A() with { Slug = "x" }, A() with { Slug = "y" }], None);
        await Should.ThrowAsync<DuplicateKeyException>(() => Things.InsertManyAsync([A() with { Slug = "z" }, A() with { Slug = "x" }], None));
        (await Things.CountAsync(t => true, None)).ShouldBe(2);
    }

    [Fact]
    public async Task A_replace_needs_the_version_it_read()
    {
        var first = await Things.InsertAsync(A(), None);
        var second = (await Things.TryReplaceAsync(first with { Name = "second" }, None)).ShouldNotBeNull();
        second.Version.ShouldBe(2);
        (await Things.TryReplaceAsync(first with { Name = "lost" }, None)).ShouldBeNull();
        (await Things.GetAsync(first.Id, None)).ShouldNotBeNull().Name.ShouldBe("second");
    }

    [Fact]
    public async Task A_delete_is_final()
    {
        var thing = await Things.InsertAsync(A(), None);
        (await Things.DeleteAsync(thing.Id, None)).ShouldBeTrue();
        (await Things.GetAsync(thing.Id, None)).ShouldBeNull();
        await Things.InsertManyAsync([A("x"), A("x"), A("y")], None);
        (await Things.DeleteManyAsync(t => t.Name == "x", None)).ShouldBe(2);
        (await Things.CountAsync(t => true, None)).ShouldBe(1);
    }

    [Fact]
    public async Task A_record_of_another_organization_is_never_seen_nor_touched()
    {
        var theirs = await Others.InsertAsync(Theirs("secret"), None);
        (await Things.GetAsync(theirs.Id, None)).ShouldBeNull();
        (await Things.FirstAsync(t => t.Id == theirs.Id)).ShouldBeNull();
        (await Things.FindAsync(new Query<Thing>(), None)).Items.ShouldBeEmpty();
        (await Things.CountAsync(t => t.Name == "secret" || t.OrganizationId == theirs.OrganizationId, None)).ShouldBe(0);
        (await Things.GroupAsync(new GroupQuery<Thing>().By(t => t.Name), None)).ShouldBeEmpty();
        (await Things.DeleteAsync(theirs.Id, None)).ShouldBeFalse();
        (await Things.DeleteManyAsync(t => t.Id == theirs.Id || t.Done, None)).ShouldBe(0);
        (await Things.UpdateOneAsync(t => t.Id == theirs.Id, new Update<Thing>().Set(t => t.Name, "mine"))).ShouldBeNull();
        (await Things.UpdateManyAsync(t => t.Id == theirs.Id, new Update<Thing>().Set(t => t.Name, "mine"), None)).ShouldBe(0);
        (await Things.ClaimAsync(t => true, Sort<Thing>.By(t => t.At), 10, new Update<Thing>().Set(t => t.Name, "mine"), None)).ShouldBeEmpty();
        (await Others.GetAsync(theirs.Id, None)).ShouldMatch(theirs);
    }

    [Fact]
    public async Task A_record_for_another_organization_is_refused()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => Things.InsertAsync(Theirs(), None));
        await Should.ThrowAsync<InvalidOperationException>(() => Things.InsertManyAsync([A(), Theirs()], None));
        var theirs = await Others.InsertAsync(Theirs(), None);
        await Should.ThrowAsync<InvalidOperationException>(() => Things.TryReplaceAsync(theirs, None));
        (await Things.TryReplaceAsync(theirs with { OrganizationId = _one }, None)).ShouldBeNull();
        Should.Throw<NotSupportedException>(() => Things.UpdateManyAsync(t => true, new Update<Thing>().Set(t => t.OrganizationId, _two), None));
        (await Every.CountAsync(t => true, None)).ShouldBe(1);
    }

    [Fact]
    public async Task The_platform_sees_all_and_nobody_else_may()
    {
        await Things.InsertAsync(A(), None);
        await Others.InsertAsync(Theirs(), None);
        (await Every.CountAsync(t => true, None)).ShouldBe(2);
        (await Every.CountAsync(t => t.OrganizationId == _two, None)).ShouldBe(1);
        Should.Throw<InvalidOperationException>(() => Store.ForPlatform<Thing>(Caller.System(_one)));
        Should.Throw<InvalidOperationException>(() => Store.ForPlatform<Thing>(Caller.Anonymous));
        Should.Throw<InvalidOperationException>(() => Store.For<Thing>(Caller.Platform));
        await Store.ForPlatform<Setting>(Caller.Platform).InsertAsync(new Setting { Key = "k" }, None);
        Should.Throw<InvalidOperationException>(() => Store.CommitAsync(new WriteBatch().Insert(Caller.System(_one), new Setting { Key = "j" }), None));
    }
}
