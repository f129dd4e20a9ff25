using Platform.Features.Publishing.Store;

namespace Platform.Benchmarks.Running;

/// <summary>Where a post's time went, from its own journal and the sink's log; medians in milliseconds.</summary>
/// <param name="Turn">From its moment until its intent was begun: claiming and waiting for a free place.</param>
/// <param name="Intent">From there until the call reached the sink: the durable intent, and the way out.</param>
/// <param name="Call">From there until the answer was heard.</param>
internal sealed record Breakdown(double Turn, double Intent, double Call)
{
    public static Breakdown Of(IReadOnlyList<PublicationRecord> stored, IReadOnlyList<Arrival> log)
    {
        var arrived = log.ToDictionary(a => a.Key, a => a.Arrived);
        var all = stored.Select(r => (Due: r.Publication.Due!.At, Attempt: r.Publication.Attempts[^1], Came: arrived[$"{r.Id}-0"])).ToList();
        return new(
            Spread.Median(all.Select(a => (a.Attempt.StartedAt - a.Due).TotalMilliseconds)),
            Spread.Median(all.Select(a => (a.Came - a.Attempt.StartedAt).TotalMilliseconds)),
            Spread.Median(all.Select(a => (a.Attempt.EndedAt!.Value - a.Came).TotalMilliseconds)));
    }
}
