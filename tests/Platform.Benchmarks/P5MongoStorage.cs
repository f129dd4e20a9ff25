using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Primitives;
using Platform.Storage.Mongo;
using Platform.Storage.Mongo.Bson;
using Platform.Storage.Mongo.Native;
using Platform.Tenancy;

namespace Platform.Benchmarks;

/// <summary>
/// P5 on the server of MONGODB_URI: 64 concurrent creators through the port, against the same driver's plain insert of a ready-made document, on the same
/// number of connections. What the server can take is the ceiling of both.
/// </summary>
internal sealed class P5MongoStorage : IBenchmark
{
    private const int Pairs = 5, Creators = 64;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1.5);
    private readonly List<double> _acks = [];

    public string Id => "P5M";

    public string Title => "storage overhead on MongoDB: acknowledged inserts a second";

    public async Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes)
    {
        var address = MongoAddress.Of(MongoBench.Uri, "benchmark_" + Ids.New());
        var store = await MongoDocumentStore.OpenAsync(address, [BenchmarkPost.Collection], NullLogger.Instance, CancellationToken.None);
        List<double> ours = [], raw = [], single = [];
        await OursAsync(store);
        await RawAsync(store, Creators);
        _acks.Clear();
        for (var i = 0; i < Pairs; i++)
        {
            raw.Add(await RawAsync(store, Creators));
            ours.Add(await OursAsync(store));
            single.Add(await RawAsync(store, 1));
        }
        await MongoBench.EndAsync(store);
        return Table(ours, raw, single);
    }

    private string Table(List<double> ours, List<double> raw, List<double> single)
    {
        _acks.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"""
            | | median (min..max) of {Pairs} pairs |
            |---|---|
            | ours, {Creators} creators, rows/s | {Spread.Text(ours, "0")} |
            | the driver alone, {Creators} writers of a ready-made document, rows/s | {Spread.Text(raw, "0")} |
            | the driver alone, one writer, rows/s | {Spread.Text(single, "0")} |
            | **ours / the driver alone** | **{Spread.Text([.. ours.Zip(raw, (a, b) => a / b)])}** |
            | acknowledged after, p50 / p99, ms | {Spread.Percentile(_acks, 0.5):0.0} / {Spread.Percentile(_acks, 0.99):0.0} |
            """);
    }

    private Task<double> OursAsync(MongoDocumentStore store) => CountAsync(Creators, async organization =>
    {
        var start = Stopwatch.GetTimestamp();
        await store.For<BenchmarkPost>(Caller.System(organization)).InsertAsync(Post(organization), CancellationToken.None);
        lock (_acks) { _acks.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds); }
    });

    private static Task<double> RawAsync(MongoDocumentStore store, int writers) => CountAsync(writers, organization =>
    {
        var document = StoredBson.Write(Post(organization), typeof(BenchmarkPost));
        return store.Database.RunAsync("raw", connection => { connection.Insert(BenchmarkPost.Collection.Name, document); return true; }, CancellationToken.None);
    });

    private static async Task<double> CountAsync(int writers, Func<string, Task> write)
    {
        var (watch, count) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var organization = Ids.New();
            while (watch.Elapsed < Slice) { await write(organization); Interlocked.Increment(ref count); }
        })));
        return count / watch.Elapsed.TotalSeconds;
    }

    private static BenchmarkPost Post(string organization) => new() { OrganizationId = organization, ChannelId = organization, State = BenchmarkState.Scheduled, DueAt = DateTimeOffset.UtcNow };
}

/// <summary>The server, and the end of a database on it.</summary>
internal static class MongoBench
{
    public static string Uri => Environment.GetEnvironmentVariable("MONGODB_URI") ?? throw new InvalidOperationException("MONGODB_URI names no server");

    public static async Task EndAsync(MongoDocumentStore store)
    {
        await store.Database.RunAsync("", connection => connection.Command(new BsonMap("dropDatabase", 1)), CancellationToken.None);
        await store.DisposeAsync();
    }
}
