using System.Linq.Expressions;
using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Sqlite;
using Platform.Tenancy;

namespace Platform.Tests.Storage;

/// <summary>Declared indexes are used, in the engine's own words (EXPLAIN QUERY PLAN): no scan of the table, no sorting by hand.</summary>
public sealed class SqlitePlanTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("storage-plan-").FullName;
    private readonly SqliteDocumentStore _store;
    private readonly Table _table = new(Records.Things);
    private readonly string _organization = Ids.New();

    public SqlitePlanTests() => _store = SqliteDocumentStore.Open(_folder, Records.All);

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_list_of_an_organization_by_state_and_time_uses_its_index() =>
        await UsesAsync("test_things.by_colour_due", Mine, t => t.Colour == Colour.Green && t.DueAt >= Now, Sort<Thing>.By(t => t.DueAt));

    [Fact]
    public async Task The_same_downwards_uses_the_same_index_backwards() =>
        await UsesAsync("test_things.by_colour_due", Mine, t => t.Colour == Colour.Green, Sort<Thing>.ByDescending(t => t.DueAt));

    [Fact]
    public async Task A_list_without_filter_uses_the_index_of_its_order() =>
        await UsesAsync("test_things.by_at", Mine, null, Sort<Thing>.ByDescending(t => t.At));

    [Fact]
    public async Task A_dispatcher_across_organizations_uses_its_partial_index() =>
        await UsesAsync("test_things.open", Everyones, t => t.Colour == Colour.Red && !t.Done && t.DueAt <= Now, Sort<Thing>.By(t => t.DueAt));

    [Fact]
    public async Task A_prefix_uses_an_index() => await UsesAsync("test_things.by_name", Mine, t => t.Name.StartsWith("ab", StringComparison.Ordinal), Sort<Thing>.By(t => t.Name));

    [Fact]
    public async Task A_unique_member_finds_by_its_index() => await UsesAsync("test_things.slug", Mine, t => t.Slug == "x", null);

    [Fact]
    public async Task One_of_several_values_uses_an_index()
    {
        Colour[] colours = [Colour.Red, Colour.Blue];
        (await PlanAsync(Mine, t => colours.Contains(t.Colour), null)).ShouldContain(step => step.Contains("USING INDEX test_things.by_colour_due (org=? AND k.colour=?)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_id_finds_by_the_key() => (await PlanAsync(Everyones, t => t.Id == "x", null)).ShouldHaveSingleItem().ShouldContain("sqlite_autoindex_test_things_1 (id=?)");

    [Fact]
    public async Task A_filter_without_index_scans() => (await PlanAsync(Everyones, t => t.Note == "x", null)).ShouldContain(step => step.StartsWith("SCAN", StringComparison.Ordinal));

    [Fact]
    public async Task A_later_page_begins_inside_the_index()
    {
        var order = new Order(_table, Sort<Thing>.By(t => t.At).Keys);
        var sql = new SqlText().Add("EXPLAIN QUERY PLAN SELECT d.body FROM test_things AS d WHERE d.org = ").Value(_organization).Add(" AND ");
        order.AppendAfter(sql, [StoredJson.Instant(Now), "id"]);
        (await RowsAsync(sql.Add(" ORDER BY ").Add(order.ToString()))).ShouldHaveSingleItem().ShouldContain("USING INDEX test_things.by_at (org=? AND k.at>?)");
    }

    [Fact]
    public async Task A_changed_index_is_made_anew_and_an_undeclared_one_dropped()
    {
        _store.Dispose();
        var changed = new Collection<Thing>("test_things").Index("by_at", Sort<Thing>.By(t => t.Number));
        using var store = SqliteDocumentStore.Open(_folder, [changed]);
        var indexes = await store.Database.ReadAsync(s => s.Rows("SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'test_things' AND sql IS NOT NULL", [], r => r.Text(0)!), CancellationToken.None);
        indexes.ShouldHaveSingleItem().ShouldContain("k.number");
    }

    [Fact]
    public async Task A_statement_is_planned_once_whatever_is_bound()
    {
        _store.Dispose();
        var ones = new Collection<Thing>("test_things").Index("ones", Sort<Thing>.By(t => t.At), where: t => t.Number == 1);
        using var store = SqliteDocumentStore.Open(_folder, [ones]);
        var scope = new Scope(new Table(ones), _organization);
        var replanned = await store.Database.ReadAsync(session => Enumerable.Range(1, 4).Sum(number =>
        {
            var sql = new SqlText().Add($"SELECT count(*) FROM {scope.From} WHERE ");
            scope.AppendConditions(sql, (Expression<Func<Thing, bool>>)(t => t.Number == number));
            session.Rows(sql.ToString(), sql.Values, row => row.Long(0)).ShouldBe([0]);
            return session.Prepare(sql.ToString()).Replanned;
        }), CancellationToken.None);
        replanned.ShouldBe(0);
    }

    private Scope Mine => new(_table, _organization);

    private Scope Everyones => new(_table, null);

    private async Task UsesAsync(string index, Scope scope, Expression<Func<Thing, bool>>? filter, Sort<Thing>? sort)
    {
        var step = (await PlanAsync(scope, filter, sort)).ShouldHaveSingleItem();
        step.ShouldContain($"USING INDEX {index} ");
        step.ShouldStartWith("SEARCH", Case.Sensitive, step);
    }

    private Task<List<string>> PlanAsync(Scope scope, Expression<Func<Thing, bool>>? filter, Sort<Thing>? sort)
    {
        var sql = new SqlText().Add("EXPLAIN QUERY PLAN SELECT d.body FROM test_things AS d WHERE ");
        scope.AppendConditions(sql, filter);
        return RowsAsync(sort is null ? sql : sql.Add(" ORDER BY ").Add(new Order(_table, sort.Keys).ToString()));
    }

    private Task<List<string>> RowsAsync(SqlText sql) => _store.Database.ReadAsync(s => s.Rows(sql.ToString(), sql.Values, r => r.Text(3)!), CancellationToken.None);
}
