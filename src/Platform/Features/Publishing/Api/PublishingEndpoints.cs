using Platform.Api;
using Platform.Features.Content.Contracts;
using Platform.Features.Publishing.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Api;

/// <summary>Scheduling, publishing and the calendar over HTTP.</summary>
public static class PublishingEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var content = routes.MapApi("/content/{id}", "Publishing", Permission.ContentPublish);
        content.MapPost("/schedule", ScheduleAsync).WithSummary("Gives all unsent publications of a post a time: a wall clock with its zone, or an instant.");
        content.MapPost("/publish", PublishAsync).WithSummary("Sends all unsent publications of a post now.");
        content.MapPost("/cancel", CancelAsync).WithSummary("Takes back what is not sent yet. 409 already_sending where something is leaving; then nothing changed.");
        content.MapPost("/unschedule", UnscheduleAsync).WithSummary("Makes the unsent publications of a post drafts again.");
        content.MapPost("/publications/{publicationId}/cancel", CancelOneAsync).WithSummary("Takes back one publication of a post.");
        content.MapPost("/publications/{publicationId}/retry", RetryAsync).WithSummary("Sends again what failed, was missed, is held or was cancelled; a thread goes on where it stopped.");
        content.MapPost("/publications/{publicationId}/confirm", ConfirmAsync).WithSummary("Settles a publication whose answer was lost: it is there, or it is sent again.");

        content.MapPost("/publications/{publicationId}/edit", EditAsync)
            .WithSummary("Changes the text of a publication that is out, on its network; media stay. Takes If-Match. 409 edit_unsupported where the network cannot, 502 edit_unconfirmed where its answer is lost (it is then looked up).");

        var calendar = routes.MapApi("/calendar", "Calendar", Permission.ContentRead);
        calendar.MapGet("", CalendarAsync).WithSummary("Shows what is due in a range of up to 62 days.");
        calendar.MapPut("/events/{publicationId}", MoveAsync).Require(Permission.ContentPublish).WithSummary("Moves a scheduled publication; the answer says where it was, for undo. Takes If-Match.");

        routes.MapApi("/publications", "Publishing", Permission.ContentRead).MapGet("", ListAsync).WithSummary("Lists publications, latest due first.");
    }

    private static async Task<ApiOk<PostAnswer>> ScheduleAsync(ApiCaller caller, string id, ScheduleBody body, SchedulePost action, IPosts posts, CancellationToken cancellationToken)
    {
        var when = body.ToWhen();
        return when.Ok ? await PostAsync(posts, caller, id, await action.RunAsync(caller, new(id, when.Value), cancellationToken), cancellationToken) : new(when.Problem);
    }

    private static async Task<ApiOk<PostAnswer>> PublishAsync(ApiCaller caller, string id, SchedulePost action, IPosts posts, CancellationToken cancellationToken) =>
        await PostAsync(posts, caller, id, await action.RunAsync(caller, new(id, null), cancellationToken), cancellationToken);

    private static async Task<ApiOk<PostAnswer>> CancelAsync(ApiCaller caller, string id, CancelPost action, IPosts posts, CancellationToken cancellationToken) =>
        await PostAsync(posts, caller, id, await action.RunAsync(caller, new(id), cancellationToken), cancellationToken);

    private static async Task<ApiOk<PostAnswer>> CancelOneAsync(ApiCaller caller, string id, string publicationId, CancelPost action, IPosts posts, CancellationToken cancellationToken) =>
        await PostAsync(posts, caller, id, await action.RunAsync(caller, new(id, publicationId), cancellationToken), cancellationToken);

    private static async Task<ApiOk<PostAnswer>> UnscheduleAsync(ApiCaller caller, string id, UnschedulePost action, IPosts posts, CancellationToken cancellationToken) =>
        await PostAsync(posts, caller, id, await action.RunAsync(caller, new(id), cancellationToken), cancellationToken);

    private static async Task<ApiOk<PublicationAnswer>> RetryAsync(ApiCaller caller, string id, string publicationId, RetryPublication action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(id, publicationId), cancellationToken)).Map(PublicationAnswer.From).ToOk(p => p.Version);

    private static async Task<ApiOk<PublicationAnswer>> ConfirmAsync(ApiCaller caller, string id, string publicationId, ConfirmBody body, ConfirmPublication action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(id, publicationId, body.IsThere, body.Url), cancellationToken)).Map(PublicationAnswer.From).ToOk(p => p.Version);

    private static async Task<ApiOk<PublicationAnswer>> EditAsync(ApiCaller caller, string id, string publicationId, EditBody body, IfMatch match, EditPublished action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(id, publicationId, body.Text, body.Part, match.Version), cancellationToken)).Map(PublicationAnswer.From).ToOk(p => p.Version);

    private static async Task<ApiOk<CalendarAnswer>> CalendarAsync(ApiCaller caller, DateTimeOffset from, DateTimeOffset to, [AsParameters] CalendarQuery query, ShowCalendar action, CancellationToken cancellationToken)
    {
        var states = new PublicationsQuery { State = query.State }.States();
        if (!states.Ok) { return new(states.Problem); }
        var range = await action.RunAsync(caller, new(from, to, states.Value, query.ChannelId, query.Network), cancellationToken);
        return range.Map(r => new CalendarAnswer([.. r.Publications.Select(CalendarEventAnswer.From)], r.Truncated));
    }

    private static async Task<ApiOk<MovedAnswer>> MoveAsync(ApiCaller caller, string publicationId, ScheduleBody body, IfMatch match, MovePublication action, CancellationToken cancellationToken)
    {
        var when = body.ToWhen();
        if (!when.Ok) { return new(when.Problem); }
        var moved = await action.RunAsync(caller, new(publicationId, when.Value, match.Version), cancellationToken);
        return moved.Map(m => new MovedAnswer(CalendarEventAnswer.From(m.Publication), m.Previous.At, m.Previous.LocalTime, m.Previous.TimeZone, m.Explanation)).ToOk(m => m.Event.Publication.Version);
    }

    private static async Task<ApiOk<Page<CalendarEventAnswer>>> ListAsync(ApiCaller caller, [AsParameters] PublicationsQuery query, [AsParameters] PageQuery page, ListPublications action, CancellationToken cancellationToken)
    {
        var states = query.States();
        if (!states.Ok) { return new(states.Problem); }
        var found = await action.RunAsync(caller, new(states.Value, query.ChannelId, query.Network, query.From, query.To, page.Size, page.Cursor), cancellationToken);
        return found.Map(p => p.Map(CalendarEventAnswer.From));
    }

    private static async Task<ApiOk<PostAnswer>> PostAsync(IPosts posts, Caller caller, string id, Result<Done> done, CancellationToken cancellationToken) =>
        done.Ok ? (await posts.GetAsync(caller, id, cancellationToken)).Map(PostAnswer.From).ToOk(p => p.Version) : new(done.Problem);
}

/// <summary>What of the calendar.</summary>
public sealed record CalendarQuery
{
    /// <summary>States.</summary>
    public string[]? State { get; init; }

    /// <summary>Channels.</summary>
    public string[]? ChannelId { get; init; }

    /// <summary>A network's key.</summary>
    public string? Network { get; init; }
}
