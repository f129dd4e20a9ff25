using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Sqlite;
using Platform.Tenancy;

namespace Platform.Benchmarks;

/// <summary>The month view and the queue of one tenant with 1,000 posts, inside ever larger stores, against hand-written SQL over plain columns with a covering index.</summary>
internal sealed class P6Lists : IBenchmark
{
    private const int TenantPosts = 1_000;
    private const int Rounds = 300;
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Id => "P6";

    public string Title => "calendar and queue of one tenant at scale";

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        var table = new StringBuilder("| posts in the store | month view, us (ours / raw SQL / ratio) | queue, us (ours / raw SQL / ratio) |\n|---|---|---|\n");
        var months = new List<double>();
        await MeasureAsync(Sizes[0]); // warms up the runtime; not counted
        foreach (var size in Sizes)
        {
            var (month, queue) = await MeasureAsync(size);
            months.Add(month.Ours);
            table.AppendLine(CultureInfo.InvariantCulture, $"| {size:N0} | {month.Ours:0} / {month.Raw:0} / **{month.Ours / month.Raw:0.00}** | {queue.Ours:0} / {queue.Raw:0} / **{queue.Ours / queue.Raw:0.00}** |");
        }
        table.AppendLine(CultureInfo.InvariantCulture, $"\nLatency at {Sizes[^1]:N0} / at {Sizes[0]:N0}: **{months[^1] / months[0]:0.00}** (goal <= 1.3); ratio to raw SQL: goal <= 1.5. One statement a view. Medians of {Rounds} interleaved rounds.");
        return table.ToString();
    }

    private static async Task<((double Ours, double Raw) Month, (double Ours, double Raw) Queue)> MeasureAsync(int size)
    {
        var folder = Directory.CreateTempSubdirectory("benchmark-p6-").FullName;
        using var store = SqliteDocumentStore.Open(Path.Combine(folder, "ours"), [BenchmarkPost.Collection]);
        using var peer = new SqliteConnection($"Data Source={Path.Combine(folder, "peer.db")};Pooling=False");
        peer.Open();
        var tenant = await FillAsync(store, peer, size);
        var posts = store.For<BenchmarkPost>(Caller.System(tenant));
        var (from, to) = (Start.AddDays(90), Start.AddDays(120));
        var month = await CompareAsync(
            async () => (await posts.FindAsync(new Query<BenchmarkPost> { Filter = p => p.DueAt >= from && p.DueAt < to, Sort = Sort<BenchmarkPost>.By(p => p.DueAt), Limit = 200 }, CancellationToken.None)).Items.Count,
            Raw(peer, "SELECT id, channel, state, due, text FROM posts WHERE org = $org AND due >= $from AND due < $to ORDER BY due, id LIMIT 201", tenant, from, to));
        var queue = await CompareAsync(
            async () => (await posts.FindAsync(new Query<BenchmarkPost> { Filter = p => p.State == BenchmarkState.Scheduled && p.DueAt >= from, Sort = Sort<BenchmarkPost>.By(p => p.DueAt), Limit = 50 }, CancellationToken.None)).Items.Count,
            Raw(peer, "SELECT id, channel, state, due, text FROM posts WHERE org = $org AND state = 'Scheduled' AND due >= $from AND $to > '' ORDER BY due, id LIMIT 50", tenant, from, to));
        store.Dispose();
        peer.Dispose();
        Directory.Delete(folder, recursive: true);
        return (month, queue);
    }

    private static async Task<(double Ours, double Raw)> CompareAsync(Func<Task<int>> ours, Func<int> raw)
    {
        var (first, second) = (await ours(), raw());
        if (first != second) { throw new InvalidOperationException($"the two found {first} and {second} posts"); }
        List<double> mine = [], theirs = [];
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await ours();
            mine.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            start = Stopwatch.GetTimestamp();
            raw();
            theirs.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
        return (Spread.Median(mine), Spread.Median(theirs));
    }

    // The hand-written query: prepared once, rows made into the same records.
    private static Func<int> Raw(SqliteConnection peer, string sql, string tenant, DateTimeOffset from, DateTimeOffset to)
    {
        var command = peer.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$org", tenant);
        command.Parameters.AddWithValue("$from", StoredJson.Instant(from));
        command.Parameters.AddWithValue("$to", StoredJson.Instant(to));
        command.Prepare();
        return () =>
        {
            using var reader = command.ExecuteReader();
            var posts = new List<BenchmarkPost>();
            while (reader.Read())
            {
                posts.Add(new BenchmarkPost
                {
                    Id = reader.GetString(0), OrganizationId = tenant, ChannelId = reader.GetString(1), State = Enum.Parse<BenchmarkState>(reader.GetString(2)),
                    DueAt = DateTimeOffset.Parse(reader.GetString(3), CultureInfo.InvariantCulture), Text = reader.GetString(4),
                });
            }
            return posts.Count;
        };
    }

    private static async Task<string> FillAsync(SqliteDocumentStore store, SqliteConnection peer, int size)
    {
        Run(peer, "PRAGMA journal_mode=WAL; CREATE TABLE posts (id TEXT PRIMARY KEY, org TEXT, channel TEXT, state TEXT, due TEXT, text TEXT) WITHOUT ROWID");
        Run(peer, "CREATE INDEX by_due ON posts (org, due, id, channel, state, text); CREATE INDEX by_state ON posts (org, state, due, id, channel, text)");
        var organizations = Enumerable.Range(0, size / TenantPosts).Select(_ => Ids.New()).ToList();
        var all = store.ForPlatform<BenchmarkPost>(Caller.Platform);
        for (var round = 0; round < TenantPosts; round += 10)
        {
            foreach (var chunk in organizations.Chunk(100))
            {
                List<BenchmarkPost> posts = [.. chunk.SelectMany(o => Enumerable.Range(round, 10).Select(n => Post(o, n)))];
                await all.InsertManyAsync(posts, CancellationToken.None);
                Insert(peer, posts);
            }
        }
        return organizations[organizations.Count / 2];
    }

    private static BenchmarkPost Post(string organization, int number) => new()
    {
        OrganizationId = organization, ChannelId = organization, State = number % 2 == 0 ? BenchmarkState.Scheduled : BenchmarkState.Published, DueAt = Start.AddHours(number * 8),
    };

    private static void Insert(SqliteConnection peer, List<BenchmarkPost> posts)
    {
        using var transaction = peer.BeginTransaction();
        using var insert = peer.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO posts VALUES ($id, $org, $channel, $state, $due, $text)";
        foreach (var name in new[] { "$id", "$org", "$channel", "$state", "$due", "$text" }) { insert.Parameters.Add(name, SqliteType.Text); }
        foreach (var post in posts)
        {
            object[] values = [post.Id, post.OrganizationId, post.ChannelId, post.State.ToString(), StoredJson.Instant(post.DueAt), post.Text];
            for (var i = 0; i < values.Length; i++) { insert.Parameters[i].Value = values[i]; }
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private static void Run(SqliteConnection peer, string sql)
    {
        using var command = peer.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
