using Platform.Features.Publishing.Contracts;
using Platform.Primitives;

namespace Platform.Features.Publishing.Api;

/// <summary>When to publish: a wall clock with its zone (<c>2026-11-22T09:00:00</c>, <c>Europe/Berlin</c>), or an instant (<c>2026-11-22T08:00:00Z</c>).</summary>
/// <param name="ScheduledAt">ISO 8601, with or without offset.</param>
/// <param name="TimeZone">The IANA zone of a time without offset; of one with offset, the zone to show it in.</param>
public sealed record ScheduleBody(string ScheduledAt, string? TimeZone = null)
{
    /// <summary>What it means; Invalid <c>invalid_time</c> where it is no time.</summary>
    public Result<WhenToPublish> ToWhen() => WhenToPublish.Parse(ScheduledAt, TimeZone);
}

/// <summary>What a person saw on the network.</summary>
/// <param name="IsThere">Whether the post is out; if not, it is sent again.</param>
/// <param name="Url">Its page, if known.</param>
public sealed record ConfirmBody(bool IsThere, string? Url = null);

/// <summary>Another text for what is out.</summary>
/// <param name="Text">The new text.</param>
/// <param name="Part">Which part of a thread, from 0.</param>
public sealed record EditBody(string Text, int Part = 0);

/// <summary>A publication in the calendar: its wire shape, the post and the first part's text.</summary>
public sealed record CalendarEventAnswer(string PostId, string Text, PublicationAnswer Publication)
{
    /// <summary>From a view.</summary>
    public static CalendarEventAnswer From(PublicationView view) => new(view.PostId, view.Out.Parts.Count > 0 ? view.Out.Parts[0].Text : "", PublicationAnswer.From(view));
}

/// <summary>A range of the calendar.</summary>
/// <param name="Events">Soonest first, at most 1,000.</param>
/// <param name="Truncated">Whether there are more.</param>
public sealed record CalendarAnswer(IReadOnlyList<CalendarEventAnswer> Events, bool Truncated);

/// <summary>A moved event, where it was, and what a switch of the clocks did to the time.</summary>
public sealed record MovedAnswer(CalendarEventAnswer Event, DateTimeOffset PreviousDueAt, string PreviousLocalTime, string PreviousTimeZone, string? Explanation);

/// <summary>Which publications; lists may be repeated in the query.</summary>
public sealed record PublicationsQuery
{
    /// <summary>States.</summary>
    public string[]? State { get; init; }

    /// <summary>Channels.</summary>
    public string[]? ChannelId { get; init; }

    /// <summary>A network's key.</summary>
    public string? Network { get; init; }

    /// <summary>Due from, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Due until, exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The states by name; Invalid <c>unknown_state</c> where one is none.</summary>
    public Result<IReadOnlyList<PublicationState>> States()
    {
        var known = Enum.GetValues<PublicationState>().ToDictionary(s => s.ToString(), StringComparer.OrdinalIgnoreCase);
        var asked = State ?? [];
        return asked.FirstOrDefault(s => !known.ContainsKey(s)) is { } unknown
            ? Problem.InvalidField("state", "unknown_state", $"There is no state \"{unknown}\". States are {string.Join(", ", known.Keys.Select(Camel))}.")
            : asked.Select(s => known[s]).ToArray();
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
