using System.Globalization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Demo.Domain;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Sandbox.Contracts;
using Platform.Networks;
using Platform.Storage;

namespace Platform.Features.Demo.Actions;

/// <summary>Tells the demo's past: ninety days of posts that went out, one that was refused and one whose answer was lost, each with its ledger.</summary>
public sealed class DemoPast(IPostHistory posts, IPublicationHistory publications, ISandboxHistory sandbox, IScheduling scheduling, TimeProvider clock)
{
    private const string Who = "Nora Lindqvist";

    /// <summary>Adds all of it to the batch; the ids of what went out.</summary>
    public async Task<IReadOnlyList<string>> StageAsync(WriteBatch batch, DemoGround ground, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var post in DemoStory.Past()) { ids.Add(await StageOutAsync(batch, ground, post, cancellationToken)); }
        StageFailed(batch, ground, DemoStory.Refused);
        StageUnconfirmed(batch, ground, DemoStory.Lost);
        return ids;
    }

    private async Task<string> StageOutAsync(WriteBatch batch, DemoGround ground, DemoPost post, CancellationToken cancellationToken)
    {
        var due = DueOf(post);
        var pictures = PicturesOf(ground, post);
        var targets = ground.Channels.Take(post.Both ? 2 : 1).ToList();
        var id = StagePost(batch, ground, post, targets, PublicationState.Published, due.At);
        foreach (var channel in targets)
        {
            var taken = due.At.AddMilliseconds(240);
            var media = pictures.Select(p => new SandboxMediaView(p.View.ContentType, p.View.AltText, p.PublicUrl)).ToList();
            var remote = await sandbox.StageAsync(batch, ground.Caller, new(channel.Id, post.Text, media, taken), cancellationToken)
                ?? throw new InvalidOperationException($"the demo's channel {channel.Handle} is not on the practice network");
            publications.Stage(batch, ground.Caller, Past(id, channel, post, pictures, due) with
            {
                State = PublicationState.Published,
                PublishedAt = taken,
                Remote = [remote],
                Attempts = [new AttemptView(1, 0, due.At.AddMilliseconds(35), taken, "published", null)],
                Ledger = [.. Planned(due), new(due.At.AddMilliseconds(35), PublicationState.Publishing, "Sent to the network.", "publishing"), new(taken, PublicationState.Published, "The network took it.", "publishing")],
            });
        }
        return id;
    }

    private void StageFailed(WriteBatch batch, DemoGround ground, DemoPost post)
    {
        var due = DueOf(post);
        var end = due.At.AddMilliseconds(310);
        var id = StagePost(batch, ground, post, [ground.Channels[1]], PublicationState.Failed, due.At);
        publications.Stage(batch, ground.Caller, Past(id, ground.Channels[1], post, [], due) with
        {
            State = PublicationState.Failed,
            Error = new PublicationError("duplicate_content", "The network refused the post: it says nothing new.", "Change the text and try again."),
            Attempts = [new AttemptView(1, 0, due.At.AddMilliseconds(40), end, "rejected", "422 duplicate_content")],
            Ledger = [.. Planned(due), new(due.At.AddMilliseconds(40), PublicationState.Publishing, "Sent to the network.", "publishing"), new(end, PublicationState.Failed, "The network refused the post: it says nothing new.", "publishing")],
        });
    }

    private void StageUnconfirmed(WriteBatch batch, DemoGround ground, DemoPost post)
    {
        var due = DueOf(post);
        var end = due.At.AddSeconds(30);
        const string Why = "The network accepted the connection and then said nothing for 30 seconds; looking it up found nothing certain.";
        var id = StagePost(batch, ground, post, [ground.Channels[0]], PublicationState.Unconfirmed, due.At);
        publications.Stage(batch, ground.Caller, Past(id, ground.Channels[0], post, [], due) with
        {
            State = PublicationState.Unconfirmed,
            Error = new PublicationError("answer_lost", Why, "Look at the channel: say whether it is there, or send it again."),
            Attempts = [new AttemptView(1, 0, due.At.AddMilliseconds(30), end, "unknown", "no answer within 30 s")],
            Ledger = [.. Planned(due), new(due.At.AddMilliseconds(30), PublicationState.Publishing, "Sent to the network.", "publishing"), new(end, PublicationState.Unconfirmed, Why, "publishing")],
        });
    }

    private static IEnumerable<LedgerEntry> Planned(DueTime due)
    {
        yield return new(due.At.AddDays(-3), PublicationState.Draft, "Written.", Who);
        yield return new(due.At.AddDays(-3).AddMinutes(9), PublicationState.Scheduled, $"Planned for {due.LocalTime} ({due.TimeZone}).", Who);
    }

    private string StagePost(WriteBatch batch, DemoGround ground, DemoPost post, IReadOnlyList<ChannelView> targets, PublicationState state, DateTimeOffset at)
    {
        var networks = targets.Select(target => target.Network).Distinct().ToList();
        return posts.Stage(batch, ground.Caller, new PastPost(DraftOf(ground, post, targets), networks, ground.People[post.Author], at.AddDays(-3), state, at));
    }

    private static PastPublication Past(string postId, ChannelView channel, DemoPost post, IReadOnlyList<DemoMedia> pictures, DueTime due) => new()
    {
        PostId = postId,
        ChannelId = channel.Id,
        Network = channel.Network,
        Due = due,
        Content = new() { Parts = [new(post.Text, [.. pictures.Select(p => new PublicationMedia(p.View.Id, p.View.ContentType, p.View.Size, p.View.AltText))])] },
        State = PublicationState.Draft,
        Ledger = [],
    };

    /// <summary>The draft of a post of the demo.</summary>
    internal static NewPost DraftOf(DemoGround ground, DemoPost post, IReadOnlyList<ChannelView> targets) => new()
    {
        Text = post.Text,
        ChannelIds = [.. targets.Select(channel => channel.Id)],
        MediaIds = [.. PicturesOf(ground, post).Select(picture => picture.View.Id)],
        Labels = [post.Label],
        CampaignId = post.Campaign,
    };

    private static IReadOnlyList<DemoMedia> PicturesOf(DemoGround ground, DemoPost post) => post.Picture is { } index ? [ground.Pictures[index]] : [];

    private DueTime DueOf(DemoPost post)
    {
        var local = LocalTime(post, clock.GetUtcNow());
        var resolved = scheduling.Resolve(local, DemoPeople.TimeZone).Unwrap();
        return new DueTime(resolved.At, resolved.LocalTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture), DemoPeople.TimeZone);
    }

    /// <summary>The wall clock of a post, counted from the day that it is now.</summary>
    internal static DateTime LocalTime(DemoPost post, DateTimeOffset now) => now.UtcDateTime.Date.AddDays(post.Day).AddHours(post.Hour).AddMinutes(post.Minute);
}
