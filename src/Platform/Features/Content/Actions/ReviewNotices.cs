using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Tells people under the bell: those who are asked, and the author of an answer (who gets a mail too).</summary>
public sealed class ReviewNotices(ReviewPeople people, INotices notices)
{
    /// <summary>To those who are asked now.</summary>
    public async Task AskAsync(ReviewRecord record, CancellationToken cancellationToken)
    {
        var review = record.Review;
        foreach (var person in ReviewPeople.Asked(review, await people.MembersAsync(record.OrganizationId, cancellationToken)).Take(50))
        {
            await notices.RaiseAsync(Caller.System(record.OrganizationId, "approval"), new Notice(
                "approval_requested", $"{review.SubmittedByName} asks you to approve a post", $"{review.Current!.Name}, step {review.Stage + 1} of {review.Stages.Count}.", $"/approvals?post={record.Id}",
                $"approval:{record.Id}:{review.Round}:{review.Stage}:{person.Person.Id}", person.Person.Id), cancellationToken);
        }
    }

    /// <summary>To whoever submitted it, unless they did it themselves.</summary>
    public async Task AnswerAsync(Caller caller, ReviewRecord record, CancellationToken cancellationToken)
    {
        var review = record.Review;
        if (!Ids.IsValid(review.SubmittedBy) || review.SubmittedBy == caller.UserId || TitleOf(review.State, caller.Name) is not { } title) { return; }
        var said = review.Events.LastOrDefault(e => e.Comment is not null && e.Version == review.Version && e.ById == caller.UserId)?.Comment;
        await notices.RaiseAsync(Caller.System(record.OrganizationId, "approval"), new Notice(
            "approval_answered", title, said ?? "Open the post to see where it stands.", $"/posts/{record.Id}", $"approval-answer:{record.Id}:{review.Round}:{review.State}:{review.Version}", review.SubmittedBy, Mail: true), cancellationToken);
    }

    private static string? TitleOf(ReviewState state, string by) => state switch
    {
        ReviewState.Approved => "Your post was approved",
        ReviewState.ChangesRequested => $"{by} asks for changes to your post",
        ReviewState.Rejected => $"{by} rejected your post",
        ReviewState.Expired => "Your post was not approved in time",
        _ => null,
    };
}
