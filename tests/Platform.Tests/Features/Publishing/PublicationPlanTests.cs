using System.Linq.Expressions;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Sqlite;

namespace Platform.Tests.Features.Publishing;

/// <summary>Every query on the hot path and of the pages is answered from an index, in the engine's own words: their cost does not grow with the history.</summary>
public sealed class PublicationPlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("publication-plan-").FullName;
    private readonly SqliteDocumentStore _store;
    private readonly Table _table = new(PublicationStore.Collection);
    private readonly DateTimeOffset? _now = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public PublicationPlanTests() => _store = SqliteDocumentStore.Open(_folder, [PublicationStore.Collection]);

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public Task A_claim_walks_only_what_is_due() => UsesAsync("wake", null, r => r.Publication.WakeAt != null && r.Publication.WakeAt <= _now && r.Publication.Cleared, Sort<PublicationRecord>.By(r => r.Publication.WakeAt));

    [Fact]
    public async Task A_claim_that_leaves_channels_out_walks_only_what_is_due()
    {
        var (channels, organizations) = (new List<string> { "c" }, new List<string> { "o" });
        await UsesAsync("wake", null, r => r.Publication.WakeAt != null && r.Publication.WakeAt <= _now && r.Publication.Cleared && !channels.Contains(r.Publication.ChannelId) && !organizations.Contains(r.OrganizationId), Sort<PublicationRecord>.By(r => r.Publication.WakeAt));
    }

    [Fact]
    public Task The_relay_walks_only_what_has_something_to_tell() => UsesAsync("outbox", null, r => r.Publication.OutboxAt != null && r.Publication.OutboxAt <= _now, Sort<PublicationRecord>.By(r => r.Publication.OutboxAt));

    [Fact]
    public Task The_watchdog_walks_only_what_is_scheduled_and_past() => UsesAsync("state", null, r => r.Publication.State == PublicationState.Scheduled && r.Publication.Due!.At <= _now!.Value, Sort<PublicationRecord>.By(r => r.Publication.Due!.At));

    [Fact]
    public async Task The_publications_of_posts_come_from_an_index()
    {
        var posts = new List<string> { "a", "b" };
        await UsesAsync("post", Ids.New(), r => posts.Contains(r.Publication.PostId), null, sorts: true);
    }

    [Fact]
    public Task The_calendar_comes_from_an_index() => UsesAsync("due", Ids.New(), r => r.Publication.Due!.At >= _now!.Value && r.Publication.Due!.At < _now.Value.AddDays(31), Sort<PublicationRecord>.By(r => r.Publication.Due!.At));

    [Fact]
    public Task The_list_comes_from_an_index() => UsesAsync("due", Ids.New(), null, Sort<PublicationRecord>.ByDescending(r => r.Publication.Due!.At));

    [Fact]
    public async Task The_publications_of_a_channel_come_from_an_index()
    {
        var states = new List<PublicationState> { PublicationState.Scheduled, PublicationState.Held };
        await UsesAsync("channel", Ids.New(), r => r.Publication.ChannelId == "c" && states.Contains(r.Publication.State), null, sorts: true);
    }

    private async Task UsesAsync(string index, string? organization, Expression<Func<PublicationRecord, bool>>? filter, Sort<PublicationRecord>? sort, bool sorts = false)
    {
        var sql = new SqlText().Add("EXPLAIN QUERY PLAN SELECT d.body FROM publications AS d WHERE ");
        new Scope(_table, organization).AppendConditions(sql, filter);
        if (sort is not null) { sql.Add(" ORDER BY ").Add(new Order(_table, sort.Keys).ToString()); }
        var plan = await _store.Database.ReadAsync(s => s.Rows(sql.ToString(), sql.Values, r => r.Text(3)!), CancellationToken.None);
        plan.ShouldContain(step => step.StartsWith("SEARCH", StringComparison.Ordinal) && step.Contains($"USING INDEX publications.{index} ", StringComparison.Ordinal), string.Join(" | ", plan));
        plan.ShouldNotContain(step => step.StartsWith("SCAN d", StringComparison.Ordinal));
        if (!sorts) { plan.ShouldHaveSingleItem(); }
    }
}
