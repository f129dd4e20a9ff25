using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Where the approval of a post stands for one reader.</summary>
/// <param name="Review">The approval; null where it was never submitted.</param>
/// <param name="MaySubmit">Whether the reader can hand it in now.</param>
/// <param name="MayWithdraw">Whether the reader can take it back now.</param>
/// <param name="OpenChanges">Asked-for changes that are not marked as made.</param>
/// <param name="WishedAgain">The time of the last submission, if it is still to come.</param>
public sealed record ApprovalStanding(ReviewView? Review, bool MaySubmit, bool MayWithdraw, long OpenChanges, WhenToPublish? WishedAgain);

/// <summary>What a post on some channels would need.</summary>
/// <param name="MustSubmit">Whether the reader hands it in rather than schedules it.</param>
/// <param name="IsHandover">Whether that is only because the reader may not publish.</param>
/// <param name="Stages">The names of the stages.</param>
public sealed record ApprovalForecast(bool MustSubmit, bool IsHandover, IReadOnlyList<string> Stages);

/// <summary>Tells where the approval of a post stands, and what one would need.</summary>
public sealed class ReadApproval(PostStore posts, ReviewStore reviews, PostCommentStore comments, ReviewBuilder builder, ReviewPeople people, ReadPosts read)
{
    /// <summary>Where it stands.</summary>
    public async Task<Result<ApprovalStanding>> RunAsync(Caller caller, string postId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        if (!Ids.IsValid(postId) || await posts.GetAsync(caller, postId, cancellationToken) is not { DeletedAt: null } post) { return Problem.NotFound("post"); }
        var review = (await reviews.GetAsync(caller, postId, cancellationToken))?.Review;
        var forecast = await ForecastAsync(caller, post.ChannelIds, cancellationToken);
        var unsent = (await read.PublicationsAsync(caller, postId, cancellationToken)).Any(p => p.State is PublicationState.Draft or PublicationState.Cancelled or PublicationState.Missed or PublicationState.Failed);
        var (pending, own) = (review?.State is ReviewState.Pending, caller.May(Permission.ContentWrite) && post.ChannelIds.All(caller.MayUse));
        var asked = pending ? ReviewPeople.Asked(review!, await people.MembersAsync(caller.OrganizationId, cancellationToken)).Select(p => p.Person.Name).ToArray() : [];
        return new ApprovalStanding(
            review?.ToView(postId, caller, asked), own && !pending && unsent && forecast.MustSubmit, own && pending,
            await comments.CountOpenAsync(caller, postId, cancellationToken), Wished(review));
    }

    /// <summary>What a post on these channels would need.</summary>
    public async Task<ApprovalForecast> ForecastAsync(Caller caller, IReadOnlyList<string> channelIds, CancellationToken cancellationToken)
    {
        var rules = await builder.RulesAsync(caller, channelIds, cancellationToken);
        var publishes = caller.May(Permission.ContentPublish);
        return new(rules.IsNeeded || !publishes, !rules.IsNeeded && !publishes, [.. rules.Stages.Select(s => s.Name)]);
    }

    private static WhenToPublish? Wished(Review? review) =>
        review?.Due is { } due && due.At > review.SubmittedAt ? new(DateTime.Parse(due.LocalTime, System.Globalization.CultureInfo.InvariantCulture), due.TimeZone, null) : null;
}
