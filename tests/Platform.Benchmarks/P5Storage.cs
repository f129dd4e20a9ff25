using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Sqlite;
using Platform.Tenancy;

namespace Platform.Benchmarks;

/// <summary>64 concurrent creators, each told only after the disk has it, against plain loops over the same table, indexes and text: one row a transaction, and a hundred.</summary>
internal sealed class P5Storage : IBenchmark
{
    private const int Pairs = 5;
    private const int Creators = 64;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1.2);
    private readonly List<double> _acks = [];

    public string Id => "P5";

    public string Title => "storage overhead: durable inserts a second";

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        var folder = Directory.CreateTempSubdirectory("benchmark-p5-").FullName;
        List<double> ours = [], single = [], hundred = [];
        using (var store = SqliteDocumentStore.Open(Path.Combine(folder, "ours"), [BenchmarkPost.Collection]))
        {
            using var peer = new Peer(Path.Combine(folder, "peer.db"));
            await OursAsync(store);
            peer.Loop(100);
            _acks.Clear();
            for (var i = 0; i < Pairs; i++)
            {
                single.Add(peer.Loop(1));
                ours.Add(await OursAsync(store));
                hundred.Add(peer.Loop(100));
            }
        }
        Directory.Delete(folder, recursive: true);
        return Table(ours, single, hundred);
    }

    private string Table(List<double> ours, List<double> single, List<double> hundred)
    {
        _acks.Sort();
        List<double> gain = [.. ours.Zip(single, (a, b) => a / b)], share = [.. ours.Zip(hundred, (a, b) => a / b)];
        return string.Create(CultureInfo.InvariantCulture, $"""
            | | median (min..max) of {Pairs} pairs | goal |
            |---|---|---|
            | ours, {Creators} creators, rows/s | {Spread.Text(ours, "0")} | |
            | raw loop, 1 row a transaction, rows/s | {Spread.Text(single, "0")} | |
            | raw loop, 100 rows a transaction, rows/s | {Spread.Text(hundred, "0")} | |
            | **ours / 1-row loop** | **{Spread.Text(gain)}** | >= 8 |
            | **ours / 100-row loop** | **{Spread.Text(share)}** | >= 0.6 |
            | acknowledged after, p50 / p99, ms | {Spread.Percentile(_acks, 0.5):0.0} / {Spread.Percentile(_acks, 0.99):0.0} | p99 <= 10 |
            """);
    }

    private async Task<double> OursAsync(SqliteDocumentStore store)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Creators).Select(_ => Task.Run(async () =>
        {
            var organization = Ids.New();
            var posts = store.For<BenchmarkPost>(Caller.System(organization));
            var acks = new List<double>();
            while (watch.Elapsed < Slice)
            {
                var start = Stopwatch.GetTimestamp();
                await posts.InsertAsync(Post(organization), CancellationToken.None);
                acks.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            lock (_acks) { _acks.AddRange(acks); }
            return acks.Count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static BenchmarkPost Post(string organization) => new() { OrganizationId = organization, ChannelId = organization, State = BenchmarkState.Scheduled, DueAt = DateTimeOffset.UtcNow };

    /// <summary>The raw loop: one connection, one prepared statement, the text ready made.</summary>
    private sealed class Peer : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _insert;
        private readonly string _body = System.Text.Encoding.UTF8.GetString(StoredJson.Write(Post(Ids.New())));

        public Peer(string file)
        {
            _connection = new SqliteConnection($"Data Source={file};Pooling=False");
            _connection.Open();
            Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE posts (id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, org TEXT, body TEXT NOT NULL, due TEXT, state TEXT)");
            Run("CREATE INDEX by_due ON posts (org, due, id); CREATE INDEX by_state ON posts (org, state, due, id)");
            _insert = _connection.CreateCommand();
            _insert.CommandText = "INSERT INTO posts VALUES ($id, 1, $org, $body, $due, $state)";
            foreach (var name in new[] { "$id", "$org", "$body", "$due", "$state" }) { _insert.Parameters.Add(name, SqliteType.Text); }
            _insert.Parameters["$body"].Value = _body;
            _insert.Parameters["$org"].Value = Ids.New();
            _insert.Parameters["$due"].Value = StoredJson.Instant(DateTimeOffset.UtcNow);
            _insert.Parameters["$state"].Value = nameof(BenchmarkState.Scheduled);
            _insert.Prepare();
        }

        public double Loop(int rows)
        {
            var watch = Stopwatch.StartNew();
            var count = 0;
            while (watch.Elapsed < Slice)
            {
                using var transaction = _connection.BeginTransaction();
                _insert.Transaction = transaction;
                for (var i = 0; i < rows; i++, count++) { _insert.Parameters["$id"].Value = Ids.New(); _insert.ExecuteNonQuery(); }
                transaction.Commit();
            }
            return count / watch.Elapsed.TotalSeconds;
        }

        public void Dispose() { _insert.Dispose(); _connection.Dispose(); }

        private void Run(string sql) { using var command = _connection.CreateCommand(); command.CommandText = sql; command.ExecuteNonQuery(); }
    }
}
