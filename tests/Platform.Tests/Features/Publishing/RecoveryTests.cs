using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Features.Publishing;

/// <summary>
/// How soon the next process has everything in hand, by the clock of the app: it stands still while anything works, so what is counted is what the app
/// waits for, and a slow machine changes nothing. That the process really dies is the matter of the kill tests.
/// </summary>
public sealed class RecoveryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task After_a_crash_untouched_posts_go_on_within_a_second_and_all_are_settled_or_shown_within_three()
    {
        var directory = Directory.CreateTempSubdirectory("publishing-crash-").FullName;
        var clock = new FakeClock();
        var victim = await new PublishingRig(clock, directory).StartAsync();
        var (caller, calls) = (victim.Caller, 0);
        var never = new TaskCompletionSource<PublishOutcome?>();
        victim.Network.OnPublish = (connection, request, _) =>
        {
            if (Interlocked.Increment(ref calls) % 2 == 0) { victim.Network.Accept(connection, request); }
            return never.Task;
        };
        var posts = new List<string>();
        for (var i = 0; i < 60; i++) { posts.Add(await victim.ScheduledAsync($"post {i}", TimeSpan.FromSeconds(2), $"c{i}")); }
        await victim.AdvanceUntilAsync(() => Task.FromResult(calls >= 8), Second, TimeSpan.FromSeconds(30));
        await victim.Quiet.UntilAsync(() => Task.FromResult(false));
        await victim.CrashAsync();
        var (begun, there) = (calls, victim.Network.Sink.ToList());
        begun.ShouldBeLessThan(60, "it died in the middle");

        await using (var next = new PublishingRig(clock, directory))
        {
            next.Network.OnFind = request => there.Find(s => s.Key == request.IdempotencyKey) is { } found ? new LookupOutcome.Found(new(found.RemoteId, null)) : null;
            var start = clock.GetUtcNow();
            await next.StartAsync();
            await next.AdvanceUntilAsync(() => Task.FromResult(next.Network.Sink.Count >= 60 - begun), Second, TimeSpan.FromMinutes(1));
            (clock.GetUtcNow() - start).ShouldBeLessThanOrEqualTo(Second);
            await next.AdvanceUntilAsync(async () => (await StatesAsync(next, caller, posts)).All(s => s is Published or Unconfirmed), Second, TimeSpan.FromMinutes(1));
            (clock.GetUtcNow() - start).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(3));
            await next.AdvanceUntilAsync(async () => (await StatesAsync(next, caller, posts)).All(s => s is Published), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10));
            next.Network.Texts.Concat(there.Select(s => s.Text)).Order().ShouldBe(Enumerable.Range(0, 60).Select(i => $"post {i}").Order(), "each is there once");
        }
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<IEnumerable<PublicationState>> StatesAsync(PublishingRig rig, Platform.Tenancy.Caller caller, List<string> posts) =>
        (await rig.Get<IPublishing>().OfPostsAsync(caller, posts, default)).Values.Select(v => v.Single().State);
}
