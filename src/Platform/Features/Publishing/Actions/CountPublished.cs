using System.Globalization;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>How many publications were due on a UTC day and are out.</summary>
public sealed record PublishedDay(DateOnly Day, long Count);

/// <summary>What went out and what waits.</summary>
/// <param name="Days">The last days, oldest first, today last; a day without any is 0, because every publication is ours to count.</param>
/// <param name="Before">The sum of as many days before them.</param>
/// <param name="Scheduled">What waits for its time.</param>
public sealed record PublishedCounts(IReadOnlyList<PublishedDay> Days, long Before, long Scheduled)
{
    /// <summary>The sum of the last days.</summary>
    public long Last(int days) => Days.TakeLast(days).Sum(d => d.Count);

    /// <summary>The change of the last days against as many before, as a share; null where there was nothing before.</summary>
    public double? ChangeOver(int days)
    {
        var before = days == Days.Count ? Before : Days.SkipLast(days).TakeLast(days).Sum(d => d.Count);
        return before == 0 ? null : (Last(days) - before) / (double)before;
    }
}

/// <summary>Counts what was published, day by day, and what is scheduled.</summary>
public sealed class CountPublished(PublicationLists lists, TimeProvider clock)
{
    /// <summary>Counts the last <paramref name="days"/> days (1 to 366), today included.</summary>
    public async Task<Result<PublishedCounts>> RunAsync(Caller caller, int days, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        days = Math.Clamp(days, 1, 366);
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = today.AddDays(1 - (2 * days));
        var counts = await lists.CountByDayAsync(caller, PublicationState.Published, new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), now.AddDays(1), cancellationToken);
        var scheduled = await lists.CountDueAsync(caller, PublicationState.Scheduled, now.AddDays(-1), cancellationToken);
        var all = Enumerable.Range(0, 2 * days).Select(i => first.AddDays(i)).Select(day => new PublishedDay(day, counts.GetValueOrDefault(Key(day)))).ToList();
        return new PublishedCounts(all[days..], all[..days].Sum(d => d.Count), scheduled);
    }

    private static string Key(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";
}
