using Platform.Storage;

namespace Platform.Tests.Storage;

public abstract partial class DocumentStoreContract
{
    [Fact]
    public async Task A_unique_index_holds_within_an_organization()
    {
        await Things.InsertAsync(A() with { Slug = "x" }, None);
        ShouldName(await Should.ThrowAsync<DuplicateKeyException>(() => Things.InsertAsync(A() with { Slug = "x" }, None)), "slug");
        await Others.InsertAsync(Theirs() with { Slug = "x" }, None);
        await Things.InsertAsync(A() with { Slug = "X" }, None);
    }

    [Fact]
    public async Task A_unique_index_across_organizations_holds_for_all()
    {
        await Things.InsertAsync(A() with { GlobalKey = "x" }, None);
        ShouldName(await Should.ThrowAsync<DuplicateKeyException>(() => Others.InsertAsync(Theirs() with { GlobalKey = "x" }, None)), "global");
    }

    [Fact]
    public async Task Records_that_miss_all_members_of_a_unique_index_do_not_count()
    {
        await Things.InsertManyAsync([A(), A(), A() with { Left = "l" }, A() with { Right = "r" }, A() with { Left = "l", Right = "r" }], None);
        await Should.ThrowAsync<DuplicateKeyException>(() => Things.InsertAsync(A() with { Left = "l" }, None));
        await Should.ThrowAsync<DuplicateKeyException>(() => Things.InsertAsync(A() with { Right = "r" }, None));
        await Should.ThrowAsync<DuplicateKeyException>(() => Things.InsertAsync(A() with { Left = "l", Right = "r" }, None));
    }

    [Fact]
    public async Task A_partial_unique_index_holds_where_its_condition_does()
    {
        await Things.InsertManyAsync([A() with { Rank = 1 }, A() with { Rank = 1 }, A("b") with { Rank = 1, Colour = Colour.Blue }], None);
        await Should.ThrowAsync<DuplicateKeyException>(() => Things.InsertAsync(A() with { Rank = 1, Colour = Colour.Blue }, None));
        await Should.ThrowAsync<DuplicateKeyException>(() => Things.UpdateManyAsync(t => t.Name == "a", new Update<Thing>().Set(t => t.Colour, Colour.Blue), None));
        (await Things.CountAsync(t => t.Colour == Colour.Blue, None)).ShouldBe(1);
    }

    [Fact]
    public async Task Expired_records_go_and_others_stay()
    {
        await Things.InsertManyAsync([A("past") with { ExpiresAt = Noon.AddTicks(-1) }, A("future") with { ExpiresAt = Noon.AddTicks(1) }, A("never")], None);
        await Others.InsertAsync(Theirs("past") with { ExpiresAt = Noon.AddDays(-1) }, None);
        await ExpireAsync(Noon);
        (await Every.FindAsync(new Query<Thing> { Sort = Sort<Thing>.By(t => t.Name) }, None)).Items.Select(t => t.Name).ShouldBe(["future", "never"]);
    }
}
