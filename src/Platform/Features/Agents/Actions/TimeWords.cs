using System.Globalization;
using Platform.Features.Agents.Domain;

namespace Platform.Features.Agents.Actions;

/// <summary>Why a time, in words; where the data is thin it says so.</summary>
internal static class TimeWords
{
    private const int Enough = 3;

    /// <summary>Why this time.</summary>
    public static string Reason(Slot slot, int own, int peers)
    {
        var (estimate, day, clock) = (slot.Estimate, slot.Local.ToString("dddd", CultureInfo.InvariantCulture), slot.Local.ToString("HH:mm", CultureInfo.InvariantCulture));
        var kind = slot.Local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "weekends" : "working days";
        var expected = string.Create(CultureInfo.InvariantCulture, $"Expected at {estimate.Lift:0.00} times the average engagement.");
        return estimate switch
        {
            { InSlot: >= Enough } => $"{Posts(estimate.InSlot)} of yours went out on {day}s at {clock}. {expected}",
            { InHour: >= Enough } => $"{Posts(estimate.InHour)} of yours went out at {clock} on {kind}, {Count(estimate.InSlot)} of them on a {day}. {expected}",
            _ when own > 0 => $"Thin data: {Count(estimate.InHour)} of your {Posts(own)} went out at {clock} on {kind}, so the estimate leans on {Lean(peers)}. {expected}",
            _ => $"No numbers of your own yet: the estimate rests on {Lean(peers)}. {expected}",
        };
    }

    /// <summary>How the confidence was computed.</summary>
    public static string Explain(SlotEstimate estimate, int own) => string.Create(CultureInfo.InvariantCulture,
        $"{estimate.OwnWeight:P0} of the estimate comes from your own {Posts(own)} of the last 90 days ({estimate.InSlot} in this hour of this weekday, {estimate.InHour} in this hour on such days); the rest is a prior worth {BestTimes.Strength:0} posts");

    private static string Lean(int peers) => peers > 0 ? $"the average of your other channels on the network ({Posts(peers)})" : "a general pattern of waking hours, which is an assumption and not data";

    private static string Posts(int count) => count == 1 ? "1 post" : string.Create(CultureInfo.InvariantCulture, $"{count} posts");

    private static string Count(int count) => count == 0 ? "none" : count.ToString(CultureInfo.InvariantCulture);
}
