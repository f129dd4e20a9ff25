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
        List<Side> ours = [], single = [], hundred = [], scattered = [];
        using (var store = SqliteDocumentStore.Open(Path.Combine(folder, "ours"), [BenchmarkPost.Collection]))
        {
            using var peer = new Peer(Path.Combine(folder, "peer.db"));
            await OursAsync(store);
            peer.Loop(100);
            peer.Loop(100, Creators);
            _acks.Clear();
            for (var i = 0; i < Pairs; i++)
            {
                single.Add(await SideAsync(() => Task.FromResult(peer.Loop(1))));
                ours.Add(await SideAsync(() => OursAsync(store)));
                hundred.Add(await SideAsync(() => Task.FromResult(peer.Loop(100))));
                scattered.Add(await SideAsync(() => Task.FromResult(peer.Loop(100, Creators))));
            }
        }
        Directory.Delete(folder, recursive: true);
        return Table(ours, single, hundred, scattered);
    }

    private string Table(List<Side> ours, List<Side> single, List<Side> hundred, List<Side> scattered)
    {
        _acks.Sort();
        string Rates(List<Side> sides) => Spread.Text([.. sides.Select(s => s.Rate)], "0");
        string Costs(List<Side> sides) => Spread.Text([.. sides.Select(s => s.Cpu)], "0.0");
        string Ratio(List<Side> peer) => Spread.Text([.. ours.Zip(peer, (a, b) => a.Rate / b.Rate)]);
        return string.Create(CultureInfo.InvariantCulture, $"""
            | | median (min..max) of {Pairs} pairs | goal | CPU us a row |
            |---|---|---|---|
            | ours, {Creators} creators, rows/s | {Rates(ours)} | | {Costs(ours)} |
            | raw loop, 1 row a transaction, rows/s | {Rates(single)} | | {Costs(single)} |
            | raw loop, 100 rows a transaction, rows/s | {Rates(hundred)} | | {Costs(hundred)} |
            | the same with rows of {Creators} organizations, as ours, rows/s | {Rates(scattered)} | | {Costs(scattered)} |
            | **ours / 1-row loop** | **{Ratio(single)}** | >= 8 | |
            | **ours / 100-row loop** | **{Ratio(hundred)}** | >= 0.6 | |
            | ours / 100-row loop with rows of {Creators} organizations | {Ratio(scattered)} | | |
            | acknowledged after, p50 / p99, ms | {Spread.Percentile(_acks, 0.5):0.0} / {Spread.Percentile(_acks, 0.99):0.0} | p99 <= 10 | |
            """);
    }

    // The processor time of the whole process; the sides take turns, so it is the side's own.
    private static async Task<Side> SideAsync(Func<Task<(double Rows, double Seconds)>> run)
    {
        var before = Environment.CpuUsage.TotalTime;
        var (rows, seconds) = await run();
        return new(rows / seconds, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / rows);
    }

    private async Task<(double Rows, double Seconds)> OursAsync(SqliteDocumentStore store)
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
        return (counts.Sum(), watch.Elapsed.TotalSeconds);
    }

    private static BenchmarkPost Post(string organization) => new() { OrganizationId = organization, ChannelId = organization, State = BenchmarkState.Scheduled, DueAt = DateTimeOffset.UtcNow };

    /// <param name="Rate">Rows a second.</param>
    /// <param name="Cpu">Microseconds of processor time a row.</param>
    private sealed record Side(double Rate, double Cpu);

    /// <summary>The raw loop: one connection, one prepared statement, the text ready made.</summary>
    private sealed class Peer : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _insert;
        private readonly string[] _organizations = [.. Enumerable.Range(0, Creators).Select(_ => Ids.New())];
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
            _insert.Parameters["$due"].Value = StoredJson.Instant(DateTimeOffset.UtcNow);
            _insert.Parameters["$state"].Value = nameof(BenchmarkState.Scheduled);
            _insert.Prepare();
        }

        public (double Rows, double Seconds) Loop(int rows, int organizations = 1)
        {
            var watch = Stopwatch.StartNew();
            var count = 0;
            while (watch.Elapsed < Slice)
            {
                using var transaction = _connection.BeginTransaction();
                _insert.Transaction = transaction;
                for (var i = 0; i < rows; i++, count++)
                {
                    _insert.Parameters["$id"].Value = Ids.New();
                    _insert.Parameters["$org"].Value = _organizations[count % organizations];
                    _insert.ExecuteNonQuery();
                }
                transaction.Commit();
            }
            return (count, watch.Elapsed.TotalSeconds);
        }

        public void Dispose() { _insert.Dispose(); _connection.Dispose(); }

        private void Run(string sql) { using var command = _connection.CreateCommand(); command.CommandText = sql; command.ExecuteNonQuery(); }
    }
}
