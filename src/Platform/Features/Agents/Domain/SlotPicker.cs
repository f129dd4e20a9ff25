namespace Platform.Features.Agents.Domain;

/// <summary>An hour that could be taken.</summary>
/// <param name="At">The instant.</param>
/// <param name="Local">The same on the wall.</param>
/// <param name="Estimate">What is expected of it.</param>
public sealed record Slot(DateTimeOffset At, DateTime Local, SlotEstimate Estimate);

/// <summary>Picks hours: the best first, apart from one another and from what is planned already.</summary>
public static class SlotPicker
{
    /// <summary>What is planned keeps this distance on both sides.</summary>
    public static readonly TimeSpan Clearance = TimeSpan.FromMinutes(60);

    /// <summary>
    /// At most <paramref name="count"/> slots in order of time, at least <paramref name="apart"/> from one another; between equals the earlier is taken.
    /// </summary>
    public static IReadOnlyList<Slot> Pick(IReadOnlyList<Slot> free, int count, TimeSpan apart)
    {
        var picked = new List<Slot>();
        foreach (var slot in free.OrderByDescending(s => Math.Round(s.Estimate.Lift, 3)).ThenBy(s => s.At))
        {
            if (picked.Count == count) { break; }
            if (picked.All(p => (p.At - slot.At).Duration() >= apart)) { picked.Add(slot); }
        }
        return [.. picked.OrderBy(s => s.At)];
    }

    /// <summary>Apart as choices for one post: not two of one day, where there are days enough.</summary>
    public static TimeSpan AsChoices(TimeSpan range, int count) => TimeSpan.FromHours(Math.Min(20, range.TotalHours / (count + 1)));

    /// <summary>Apart as posts that follow one another: spread over the range.</summary>
    public static TimeSpan Spread(TimeSpan range, int count) => range / (count + 1);

    /// <summary>Whether an instant is clear of what is planned.</summary>
    public static bool IsFree(DateTimeOffset at, IEnumerable<DateTimeOffset> planned) => planned.All(p => (p - at).Duration() >= Clearance);
}
