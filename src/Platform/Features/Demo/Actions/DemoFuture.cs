using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Demo.Domain;
using Platform.Features.Demo.Store;
using Platform.Features.Publishing.Contracts;

namespace Platform.Features.Demo.Actions;

/// <summary>Plans the demo's coming two weeks, leaves drafts, and loses one channel's connection, all by the actions that people use.</summary>
public sealed class DemoFuture(IPosts posts, IScheduling scheduling, IChannels channels, DemoStore store, TimeProvider clock)
{
    /// <summary>How many steps there are.</summary>
    public static int StepCount { get; } = DemoStory.Coming().Count + DemoStory.Drafts().Count + 2;

    /// <summary>Does it, from the first step that is not done yet.</summary>
    public async Task RunAsync(DemoGround ground, int done, CancellationToken cancellationToken)
    {
        foreach (var step in Steps(ground, cancellationToken).Skip(done))
        {
            await step();
            await store.NoteStepAsync(cancellationToken);
        }
    }

    private IEnumerable<Func<Task>> Steps(DemoGround ground, CancellationToken cancellationToken)
    {
        foreach (var post in DemoStory.Coming()) { yield return () => PlanAsync(ground, post, [.. ground.Channels.Take(post.Both ? 2 : 1)], cancellationToken); }
        foreach (var draft in DemoStory.Drafts()) { yield return () => WriteAsync(ground, draft, [.. ground.Channels.Take(draft.Both ? 2 : 1)], cancellationToken); }
        var wholesale = ground.Channels[2];
        yield return () => PlanAsync(ground, DemoStory.Held, [wholesale], cancellationToken);
        yield return () => channels.FlagAsync(ground.Caller.OrganizationId, wholesale.Id, "the account's password was changed", cancellationToken);
    }

    private async Task<PostView> WriteAsync(DemoGround ground, DemoPost post, IReadOnlyList<ChannelView> targets, CancellationToken cancellationToken) =>
        (await posts.CreateAsync(ground.Caller, DemoPast.DraftOf(ground, post, targets), cancellationToken)).Unwrap();

    private async Task PlanAsync(DemoGround ground, DemoPost post, IReadOnlyList<ChannelView> targets, CancellationToken cancellationToken)
    {
        var made = await WriteAsync(ground, post, targets, cancellationToken);
        var when = new WhenToPublish(DemoPast.LocalTime(post, clock.GetUtcNow()), DemoPeople.TimeZone, null);
        (await scheduling.ScheduleAsync(ground.Caller, made.Id, when, cancellationToken)).Unwrap();
    }
}
