using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>A range of the calendar, from inclusive, to exclusive, at most 62 days.</summary>
public sealed record ShowCalendarRequest(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<PublicationState>? States = null, IReadOnlyList<string>? ChannelIds = null, string? Network = null);

/// <summary>A range of the calendar, soonest first.</summary>
/// <param name="Publications">At most 1,000.</param>
/// <param name="Truncated">Whether there are more.</param>
public sealed record CalendarRange(IReadOnlyList<PublicationView> Publications, bool Truncated);

/// <summary>Shows what is due in a week or a month.</summary>
public sealed class ShowCalendar(PublicationLists lists)
{
    private const int Most = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(62);

    /// <summary>Invalid <c>invalid_range</c>.</summary>
    public async Task<Result<CalendarRange>> RunAsync(Caller caller, ShowCalendarRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        if (request.To <= request.From || request.To - request.From > Longest) { return Problem.InvalidField("to", "invalid_range", "Ask for a range of up to 62 days that ends after it begins."); }
        var filter = new ListFilter(request.States, request.ChannelIds, request.Network);
        var page = await lists.DueBetweenAsync(caller, request.From, request.To, filter, Most, cancellationToken);
        return new CalendarRange([.. page.Items.Select(r => r.ToView())], page.NextCursor is not null);
    }
}
