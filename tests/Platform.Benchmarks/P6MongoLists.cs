using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Mongo.Bson;
using Platform.Tenancy;

namespace Platform.Benchmarks;

/// <summary>P6 on the server of MONGODB_URI: the month view and the queue of one tenant with 1,000 posts inside ever larger stores, against the same find by the driver alone, bytes unread.</summary>
internal sealed class P6MongoLists : IBenchmark
{
    private const int TenantPosts = 1_000, Rounds = 200;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Id => "P6M";

    public string Title => "calendar and queue of one tenant at scale, on MongoDB";

    public IReadOnlyDictionary<string, int> Sizes => new Dictionary<string, int> { ["most"] = 100_000 };

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        var table = new StringBuilder("| posts in the store | month view, us (ours / driver alone / ratio) | queue, us (ours / driver alone / ratio) |\n|---|---|---|\n");
        var months = new List<double>();
        var store = await MongoDocumentStore.OpenAsync(MongoAddress.Of(MongoBench.Uri, "benchmark_" + Ids.New()), [BenchmarkPost.Collection], NullLogger.Instance, CancellationToken.None);
        var (tenant, filled) = ("", 0);
        for (var size = 10_000; size <= sizes["most"]; size *= 10)
        {
            tenant = await FillAsync(store, (size - filled) / TenantPosts);
            filled = size;
            var (month, queue) = (await MonthAsync(store, tenant), await QueueAsync(store, tenant));
            months.Add(month.Ours);
            table.AppendLine(CultureInfo.InvariantCulture, $"| {size:N0} | {month.Ours:0} / {month.Raw:0} / **{month.Ours / month.Raw:0.00}** | {queue.Ours:0} / {queue.Raw:0} / **{queue.Ours / queue.Raw:0.00}** |");
        }
        await MongoBench.EndAsync(store);
        table.AppendLine(CultureInfo.InvariantCulture, $"\nLatency at {filled:N0} / at 10,000: **{months[^1] / months[0]:0.00}** (goal <= 1.3). One command a view. Medians of {Rounds} interleaved rounds after {Rounds / 4} to warm up.");
        return table.ToString();
    }

    private static Task<(double Ours, double Raw)> MonthAsync(MongoDocumentStore store, string tenant)
    {
        var (from, to) = (Start.AddDays(90), Start.AddDays(120));
        var posts = store.For<BenchmarkPost>(Caller.System(tenant));
        var where = new BsonMap("organizationId", tenant).Add("dueAt", new BsonMap("$gte", from).Add("$lt", to));
        return CompareAsync(store, where, 201,
            async () => (await posts.FindAsync(new Query<BenchmarkPost> { Filter = p => p.DueAt >= from && p.DueAt < to, Sort = Sort<BenchmarkPost>.By(p => p.DueAt), Limit = 200 }, CancellationToken.None)).Items.Count);
    }

    private static Task<(double Ours, double Raw)> QueueAsync(MongoDocumentStore store, string tenant)
    {
        var from = Start.AddDays(90);
        var posts = store.For<BenchmarkPost>(Caller.System(tenant));
        var where = new BsonMap("organizationId", tenant).Add("state", nameof(BenchmarkState.Scheduled)).Add("dueAt", new BsonMap("$gte", from));
        return CompareAsync(store, where, 50,
            async () => (await posts.FindAsync(new Query<BenchmarkPost> { Filter = p => p.State == BenchmarkState.Scheduled && p.DueAt >= from, Sort = Sort<BenchmarkPost>.By(p => p.DueAt), Limit = 50 }, CancellationToken.None)).Items.Count);
    }

    private static async Task<(double Ours, double Raw)> CompareAsync(MongoDocumentStore store, BsonMap where, int limit, Func<Task<int>> ours)
    {
        var sort = new BsonMap("dueAt", 1).Add("_id", 1);
        Task<int> RawAsync() => store.Database.RunAsync("raw", connection => connection.Find(BenchmarkPost.Collection.Name, where, sort, limit).Count, CancellationToken.None);
        var (first, second) = (await ours(), await RawAsync());
        if (first != second) { throw new InvalidOperationException($"the two found {first} and {second} posts"); }
        List<double> mine = [], theirs = [];
        for (var i = -Rounds / 4; i < Rounds; i++)
        {
            var (a, b) = (await TimeAsync(ours), await TimeAsync(RawAsync));
            if (i >= 0) { mine.Add(a); theirs.Add(b); }
        }
        return (Spread.Median(mine), Spread.Median(theirs));
    }

    private static async Task<double> TimeAsync(Func<Task<int>> run)
    {
        var start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static async Task<string> FillAsync(MongoDocumentStore store, int tenants)
    {
        var organizations = Enumerable.Range(0, tenants).Select(_ => Ids.New()).ToList();
        var all = store.ForPlatform<BenchmarkPost>(Caller.Platform);
        foreach (var organization in organizations) { await all.InsertManyAsync([.. Enumerable.Range(0, TenantPosts).Select(n => Post(organization, n))], CancellationToken.None); }
        return organizations[organizations.Count / 2];
    }

    private static BenchmarkPost Post(string organization, int number) => new()
    {
        OrganizationId = organization, ChannelId = organization, State = number % 2 == 0 ? BenchmarkState.Scheduled : BenchmarkState.Published, DueAt = Start.AddHours(number * 8),
    };
}
