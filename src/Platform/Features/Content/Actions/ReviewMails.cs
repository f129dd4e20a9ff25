using System.Globalization;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>
/// The mails that ask for an approval: one for each person, post and stage, written together with what causes them. The link in them opens the post and takes an
/// answer without a password; where the organization demands two factors it leads to the page, which asks for them.
/// </summary>
public sealed class ReviewMails(ReviewPeople people, IMailer mailer, IJobQueue jobs, PublicLinks links, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Adds them for whoever is asked now.</summary>
    public Task StageAsync(WriteBatch batch, ReviewRecord record, Post post, CancellationToken cancellationToken) =>
        StageAsync(batch, record, post.Text, "asks you to approve a post", cancellationToken);

    /// <summary>Adds the reminders for whoever has not answered.</summary>
    public Task StageRemindersAsync(WriteBatch batch, ReviewRecord record, Post post, CancellationToken cancellationToken) =>
        StageAsync(batch, record, post.Text, "still waits for your approval of a post", cancellationToken);

    /// <summary>Adds one person's, for the version of now (they came with an older one).</summary>
    public void StageOne(WriteBatch batch, ReviewRecord record, string text, ReviewPerson person) => Stage(batch, record, text, "asks you to approve a post", person);

    /// <summary>After the commit: they go out at once.</summary>
    public void Wake() => jobs.Wake();

    private async Task StageAsync(WriteBatch batch, ReviewRecord record, string text, string what, CancellationToken cancellationToken)
    {
        foreach (var person in ReviewPeople.Asked(record.Review, await people.MembersAsync(record.OrganizationId, cancellationToken)).Take(50)) { Stage(batch, record, text, what, person); }
    }

    private void Stage(WriteBatch batch, ReviewRecord record, string text, string what, ReviewPerson person)
    {
        var review = record.Review;
        var url = person.Membership.RequiresTwoFactor ? links.To($"/approvals?post={record.Id}") : links.To($"/review/{Link(batch, record, person)}");
        mailer.Send(batch, Caller.System(record.OrganizationId, "approval"), new Mail(
            person.Person.Email,
            $"{review.SubmittedByName} {what}",
            [
                $"Hello {person.Person.Name},", $"{review.SubmittedByName} of {person.Membership.OrganizationName} {what} ({review.Current!.Name}, step {review.Stage + 1} of {review.Stages.Count}):",
                $"\u201c{Short(text)}\u201d", When(review), "The link is for you alone. It shows the post; nothing is decided before you press a button there.",
            ],
            "Look at the post",
            url));
    }

    private string Link(WriteBatch batch, ReviewRecord record, ReviewPerson person)
    {
        var now = clock.GetUtcNow();
        var token = ReviewToken.New();
        var end = record.Review is { Expires: true, Due: { } due } && due.At < now + Longest ? due.At : now + Longest;
        batch.Insert(Caller.System(record.OrganizationId, "approval"), new ReviewLink
        {
            OrganizationId = record.OrganizationId, Hash = ReviewToken.Hash(token), UserId = person.Person.Id, PostId = record.Id, PostVersion = record.Review.Version, ExpiresAt = end,
        });
        return token;
    }

    private static string When(Review review) => review.Due switch
    {
        null => "It goes out as soon as it is approved.",
        var due when review.Expires => $"It is due on {Exact(due)}. After that it can no longer be approved.",
        var due => $"It is due on {Exact(due)}.",
    };

    private static string Exact(DueTime due) =>
        DateTime.Parse(due.LocalTime, CultureInfo.InvariantCulture).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture) + $" ({due.TimeZone.Replace('_', ' ')})";

    private static string Short(string text) => text.Length <= 280 ? text : text[..280] + "…";
}
