using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Storage.Mongo;
using Platform.Storage.Mongo.Bson;

namespace Platform.Benchmarks.Running;

/// <summary>One set of due posts on MongoDB, sent by one copy and by two: nothing twice, and no collapse from claiming against each other.</summary>
internal static class TwoCopies
{
    public static async Task<string> RunAsync(Sink sink, int posts, int lead)
    {
        if (Environment.GetEnvironmentVariable("MONGODB_URI") is not { Length: > 0 } uri) { return "Two copies: absent (MONGODB_URI is not set)."; }
        var (one, two) = (await SendAsync(sink, uri, posts, lead, 1), await SendAsync(sink, uri, posts, lead, 2));
        return string.Create(CultureInfo.InvariantCulture, $"""
            {posts} posts due in one instant, on the MongoDB-compatible test server (whose gateway allows some thousand operations a second). unique = N, duplicates = 0.

            | | one copy | two copies | ratio | goal |
            |---|---|---|---|---|
            | posts/s | {one.Rate:0} | {two.Rate:0} | **{two.Rate / one.Rate:0.00}** | >= 0.95 |
            | first late, ms | {one.First:0} | {two.First:0} | | |
            | all late by at most, s | {one.Last / 1000:0.0} | {two.Last / 1000:0.0} | | |
            """);
    }

    private static async Task<(double Rate, double First, double Last)> SendAsync(Sink sink, string uri, int posts, int lead, int copies)
    {
        await sink.ResetAsync(0);
        using var source = await Installation.MakeAsync(sink, 200, 0, 32);
        var instant = DateTimeOffset.UtcNow.AddSeconds(lead);
        var due = source.Add([.. Enumerable.Repeat(instant, posts)]);
        var database = $"benchmark_{Guid.NewGuid():N}";
        Dictionary<string, string> mongo = new(source.Settings) { ["Storage__MongoUri"] = uri, ["Storage__MongoDatabase"] = database };
        await CopyAsync(mongo);
        mongo["Storage__Engine"] = "Mongo";
        var folders = Enumerable.Range(0, copies).Select(_ => Directory.CreateTempSubdirectory("benchmark-copy-").FullName).ToList();
        var nodes = new List<Child>();
        try
        {
            foreach (var folder in folders)
            {
                var url = $"http://127.0.0.1:{Machine.FreePort()}";
                nodes.Add(Child.Start(Child.Measured, "dotnet", [Product.File, "--urls", url], new Dictionary<string, string>(mongo) { ["Platform__DataDirectory"] = folder }));
                await Machine.AnswersAsync($"{url}/health/ready", () => nodes[^1].Output);
            }
            if (DateTimeOffset.UtcNow > instant.AddSeconds(-3)) { throw new InvalidOperationException("the machine took too long to copy and start: give lead= more seconds"); }
            await sink.WaitAsync(posts, "the copies", lead + 60);
            var log = await sink.ExactlyAsync(due.Keys, "the copies");
            var late = new Lateness(log, due).NeverEarly("the copies");
            return (posts / (log.Max(a => a.Accepted) - instant).TotalSeconds, late.First, late.Last);
        }
        finally
        {
            nodes.ForEach(n => n.Dispose());
            folders.ForEach(f => Directory.Delete(f, recursive: true));
            using var there = new MongoDatabase(MongoAddress.Of(uri, database), NullLogger.Instance);
            await there.RunAsync("", connection => connection.Command(new BsonMap("dropDatabase", 1)), CancellationToken.None);
        }
    }

    private static async Task CopyAsync(Dictionary<string, string> settings)
    {
        using var copy = new Process { StartInfo = new ProcessStartInfo("dotnet", [Product.File, "copy-data", "--from=Sqlite", "--to=Mongo"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory } };
        foreach (var (name, value) in settings) { copy.StartInfo.Environment[name] = value; }
        copy.Start();
        var (said, complained) = (copy.StandardOutput.ReadToEndAsync(), copy.StandardError.ReadToEndAsync());
        await copy.WaitForExitAsync();
        if (copy.ExitCode != 0) { throw new InvalidOperationException($"copy-data failed: {await said}{await complained}"); }
    }
}
