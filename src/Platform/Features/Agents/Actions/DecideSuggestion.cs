using Platform.Ai;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Store;
using Platform.Features.Audit.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>How a suggestion is taken.</summary>
/// <param name="Text">A changed text; null: as suggested.</param>
/// <param name="ChannelIds">Other channels; null: as suggested.</param>
/// <param name="CreatePost">False where the text went into an editor already and no draft is wanted.</param>
/// <param name="Schedule">Whether the draft (or the post that times were found for) gets a suggested time too; needs the right to publish.</param>
/// <param name="Time">Which of the suggested times, from 0.</param>
public sealed record AcceptSuggestionRequest(string? Text = null, IReadOnlyList<string>? ChannelIds = null, bool CreatePost = true, bool Schedule = false, int Time = 0);

/// <summary>Why a suggestion is turned down.</summary>
public sealed record RejectSuggestionRequest(string? Reason = null);

/// <summary>A person decides: accepted as it is, accepted with changes, or rejected. Nothing an agent made becomes a post in any other way.</summary>
public sealed class DecideSuggestion(SuggestionStore suggestions, IPosts posts, IScheduling scheduling, IAudit audit, TimeProvider time)
{
    /// <summary>Takes it. Conflict <c>suggestion_decided</c> where it was decided before.</summary>
    public async Task<Result<SuggestionView>> AcceptAsync(Caller caller, string id, AcceptSuggestionRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite) || (request.Schedule && !caller.May(Permission.ContentPublish))) { return Problem.Forbidden(); }
        if (request.Text is not null && ContentAgent.CheckText("text", request.Text) is { } problem) { return problem; }
        if (!Ids.IsValid(id) || await suggestions.GetAsync(caller, id, cancellationToken) is not { } suggestion) { return Problem.NotFound("suggestion"); }
        if (request.Schedule && (request.Time < 0 || request.Time >= suggestion.Times.Count)) { return Problem.InvalidField("schedule", "no_time", "This suggestion names no time. Accept it, then schedule the draft."); }
        var state = request.Text is { } text && text != suggestion.Text ? SuggestionState.Edited : SuggestionState.Accepted;
        if (await suggestions.DecideAsync(caller, id, state, null, time.GetUtcNow(), cancellationToken) is not { } decided) { return Decided; }
        await audit.RecordAsync(caller, new AuditEntry(state == SuggestionState.Edited ? "suggestion.accepted_changed" : "suggestion.accepted", "suggestion", id, $"of the run {decided.RunId}"), cancellationToken);
        return decided.Kind switch
        {
            SuggestionKind.Text or SuggestionKind.Variants or SuggestionKind.Post when request.CreatePost => await PostAsync(caller, decided, request, cancellationToken),
            SuggestionKind.Times when request.Schedule && decided.PostId is not null => await ScheduleAsync(caller, decided, request, cancellationToken),
            _ => decided.ToView(),
        };
    }

    /// <summary>Turns it down.</summary>
    public async Task<Result<SuggestionView>> RejectAsync(Caller caller, string id, RejectSuggestionRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (!Ids.IsValid(id) || await suggestions.GetAsync(caller, id, cancellationToken) is null) { return Problem.NotFound("suggestion"); }
        var note = PlainText.From(request.Reason, 1_000);
        var decided = await suggestions.DecideAsync(caller, id, SuggestionState.Rejected, note is "" ? null : note, time.GetUtcNow(), cancellationToken);
        if (decided is null) { return Decided; }
        await audit.RecordAsync(caller, new AuditEntry("suggestion.rejected", "suggestion", id, $"of the run {decided.RunId}"), cancellationToken);
        return decided.ToView();
    }

    // Decided first, so that two people (or two clicks) make one draft; opened again where the draft could not be made.
    private async Task<Result<SuggestionView>> PostAsync(Caller caller, Suggestion suggestion, AcceptSuggestionRequest request, CancellationToken cancellationToken)
    {
        var post = await posts.CreateAsync(caller, New(suggestion, request), cancellationToken);
        if (!post.Ok)
        {
            await suggestions.ReopenAsync(caller, suggestion.Id, CancellationToken.None);
            return post.Problem;
        }
        var linked = await suggestions.LinkAsync(caller, suggestion.Id, post.Value.Id, CancellationToken.None) ?? suggestion;
        if (!request.Schedule) { return linked.ToView(); }
        var scheduled = await ScheduleAsync(caller, linked, request, cancellationToken);
        return scheduled.Ok ? scheduled : scheduled.Problem with { Message = $"The draft was made but not scheduled: {scheduled.Problem.Message}" };
    }

    private async Task<Result<SuggestionView>> ScheduleAsync(Caller caller, Suggestion suggestion, AcceptSuggestionRequest request, CancellationToken cancellationToken)
    {
        var time = suggestion.Times[request.Time];
        var when = new WhenToPublish(DateTime.Parse(time.LocalTime, System.Globalization.CultureInfo.InvariantCulture), time.TimeZone, null);
        return (await scheduling.ScheduleAsync(caller, suggestion.PostId!, when, cancellationToken)).Map(_ => suggestion.ToView());
    }

    private static NewPost New(Suggestion suggestion, AcceptSuggestionRequest request)
    {
        var channels = request.ChannelIds ?? suggestion.ChannelIds;
        var text = request.Text ?? (suggestion.Text is "" ? suggestion.Variants is [var first, ..] ? first.Text : "" : suggestion.Text);
        return new()
        {
            Text = text,
            ChannelIds = channels,
            Variants = suggestion.Variants.Where(v => v.Fit.ChannelId is { } channel && channels.Contains(channel) && v.Text != text).ToDictionary(v => v.Fit.ChannelId!, v => new PostVariant(v.Text)),
        };
    }

    private static Problem Decided => Problem.Conflict("suggestion_decided", "Somebody has decided this suggestion already.");
}
