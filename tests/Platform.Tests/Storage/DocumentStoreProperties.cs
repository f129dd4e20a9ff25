using FsCheck;
using FsCheck.Fluent;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.Storage;

/// <summary>
/// Random records, filters, orders and updates against a plain list in memory. A failure names the seed (FsCheck's replay) and the case;
/// put the seed into <see cref="Config"/> to see it again.
/// </summary>
public abstract class DocumentStoreProperties
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>The same records under plain indexes, so that filters are also answered from indexes.</summary>
    protected static readonly ICollection[] Collections =
    [
        new Collection<Thing>("test_things").Index("by_colour", Sort<Thing>.By(t => t.Colour).ThenBy(t => t.DueAt)).Index("by_rank", Sort<Thing>.ByDescending(t => t.Rank).ThenBy(t => t.Name))
            .Index("open", Sort<Thing>.By(t => t.At), where: t => !t.Done && t.Colour == Colour.Red).Index("noted", Sort<Thing>.By(t => t.Name), where: t => t.Note != null).Index("by_score", Sort<Thing>.By(t => t.Score)),
    ];

    private static Config Config(int cases) => FsCheck.Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(20261122, 9);

    /// <summary>A store that holds <see cref="Collections"/>; every case has an organization of its own in it.</summary>
    protected abstract IDocumentStore Store { get; }

    [Fact]
    public void Filters_find_what_they_find_in_memory() => Check.One(Config(50), Prop.ForAll(Arb.From(Cases.Filtering), test => Run(test.Things, (things, model) =>
    {
        foreach (var filter in test.Filters)
        {
            var wanted = model.Where(filter.Compile()).Select(t => t.Id).Order(StringComparer.Ordinal).ToList();
            things.FindAsync(new Query<Thing> { Filter = filter, Limit = 1000 }, None).GetAwaiter().GetResult().Items.Select(t => t.Id).ShouldBe(wanted, filter.ToString());
            things.CountAsync(filter, None).GetAwaiter().GetResult().ShouldBe(wanted.Count, filter.ToString());
        }
    })));

    [Fact]
    public void Orders_and_pages_are_as_in_memory() => Check.One(Config(100), Prop.ForAll(Arb.From(Cases.Paging), test => Run(test.Things, (things, model) =>
    {
        var wanted = SortKeys.Apply(test.Order, model.Where(test.Filter.Compile())).Select(t => t.Id).ToList();
        var query = new Query<Thing> { Filter = test.Filter, Sort = SortKeys.Sort(test.Order), Limit = test.Limit };
        var found = new List<string>();
        do
        {
            var page = things.FindAsync(query, None).GetAwaiter().GetResult();
            found.AddRange(page.Items.Select(t => t.Id));
            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);
        found.ShouldBe(wanted, test.ToString());
    })));

    [Fact]
    public void Updates_claims_and_deletes_change_what_they_change_in_memory() => Check.One(Config(60), Prop.ForAll(Arb.From(Cases.Changing), test => Run(test.Things, (things, model) =>
    {
        foreach (var step in test.Steps)
        {
            var (matches, update) = (SortKeys.Apply(step.Order, model.Where(step.Filter.Compile())).Take(step.Limit).ToList(), Changes.Update(step.Changes));
            var changed = matches.Select(t => Changes.Apply(step.Changes, t)).ToList();
            if (step.Limit == int.MaxValue) { things.UpdateManyAsync(step.Filter, update, None).GetAwaiter().GetResult().ShouldBe(changed.Count, step.ToString()); }
            else
            {
                var claimed = things.ClaimAsync(step.Filter, SortKeys.Sort(step.Order)!, step.Limit, update, None).GetAwaiter().GetResult();
                claimed.Select(t => t.Id).ShouldBe(changed.Select(t => t.Id), step.ToString());
            }
            model = [.. model.Select(t => changed.FirstOrDefault(c => c.Id == t.Id) ?? t)];
            Same(things, model, step.ToString());
        }
        var (filter, gone) = (test.Steps[0].Filter, test.Steps[0].Filter.Compile());
        var kept = model.Where(t => !gone(t)).ToList();
        things.DeleteManyAsync(filter, None).GetAwaiter().GetResult().ShouldBe(model.Count - kept.Count);
        Same(things, kept, "after the delete");
    })));

    private static void Same(IDocuments<Thing> things, IReadOnlyList<Thing> model, string step)
    {
        var stored = things.FindAsync(new Query<Thing> { Limit = 1000 }, None).GetAwaiter().GetResult().Items;
        var wanted = model.OrderBy(t => t.Id, StringComparer.Ordinal).ToList();
        stored.Count.ShouldBe(wanted.Count, step);
        foreach (var (have, want) in stored.Zip(wanted)) { have.ShouldMatch(want); }
    }

    private void Run(IReadOnlyList<Thing> records, Action<IDocuments<Thing>, IReadOnlyList<Thing>> check)
    {
        var (organization, stranger) = (Ids.New(), Ids.New());
        var things = Store.For<Thing>(Caller.System(organization));
        var mine = records.Select(t => t with { OrganizationId = organization, Version = 1 }).ToList();
        things.InsertManyAsync(mine, None).GetAwaiter().GetResult();
        Store.For<Thing>(Caller.System(stranger)).InsertManyAsync([.. records.Select(t => t with { Id = Ids.New(), OrganizationId = stranger })], None).GetAwaiter().GetResult();
        check(things, mine);
    }
}
