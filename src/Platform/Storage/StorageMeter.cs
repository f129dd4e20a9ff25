using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.Storage;

/// <summary>What the store tells telemetry: a span and a duration per operation (<c>Platform.Storage</c>), and how many writes shared a commit.</summary>
internal static class StorageMeter
{
    public const string Name = "Platform.Storage";
    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("storage.operation.duration", "s", "Time until a storage operation returned; for writes, until durable.");

    public static readonly Histogram<int> GroupSize = Meter.CreateHistogram<int>("storage.commit.writes", "{write}", "Writes that shared one commit.");

    /// <summary>Measures an operation on a collection; says so where it fails.</summary>
    public static async Task<T> MeasureAsync<T>(string operation, string collection, Func<Task<T>> run)
    {
        if (!Duration.Enabled && !Source.HasListeners()) { return await run(); }
        using var activity = Source.StartActivity($"{operation} {collection}", ActivityKind.Client);
        activity?.SetTag("db.operation.name", operation).SetTag("db.collection.name", collection);
        var start = Stopwatch.GetTimestamp();
        var outcome = "ok";
        try { return await run(); }
        catch (Exception exception)
        {
            outcome = exception.GetType().Name;
            activity?.SetStatus(ActivityStatusCode.Error, outcome);
            throw;
        }
        finally
        {
            Duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, new("db.operation.name", operation), new("db.collection.name", collection), new("outcome", outcome));
        }
    }
}
