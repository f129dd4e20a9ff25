using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Features.Publishing;

/// <summary>T13: people's changes against the dispatcher, many random interleavings.</summary>
public sealed class RaceTests
{
    private const int Posts = 1_000;

    [Fact]
    public async Task A_cancel_that_was_acknowledged_is_obeyed_and_any_other_is_a_clean_refusal()
    {
        await using var rig = await new PublishingRig(TimeProvider.System).StartAsync();
        var random = new Random(20261122);
        var posts = await WriteAsync(rig);
        var results = await RacesAsync(rig, posts, random, async post => await rig.Get<IScheduling>().CancelAsync(rig.Caller, post, default), r => r.Ok);
        var views = await SettledAsync(rig, posts);
        foreach (var (post, result) in posts.Zip(results))
        {
            var sent = rig.Network.Sink.Count(s => s.Text == post);
            if (result.Ok) { (sent, views[post].State).ShouldBe((0, Cancelled), post); }
            else { result.Problem.Code.ShouldBeOneOf("already_sending", "already_published"); (sent, views[post].State).ShouldBe((1, Published), post); }
        }
        results.Count(r => r.Ok).ShouldBeInRange(1, Posts - 1, "the race must have been won by both sides");
    }

    [Fact]
    public async Task An_edit_that_was_acknowledged_is_what_goes_out()
    {
        await using var rig = await new PublishingRig(TimeProvider.System).StartAsync();
        var random = new Random(22112026);
        var posts = await WriteAsync(rig);
        var edits = await RacesAsync(rig, posts, random, post => EditAsync(rig, post), edited => edited);
        await SettledAsync(rig, posts);
        var texts = rig.Network.Texts.ToList();
        texts.Count.ShouldBe(Posts);
        foreach (var (post, edited) in posts.Zip(edits)) { texts.ShouldContain(edited ? $"edited {post}" : post); }
        edits.Count(e => e).ShouldBeInRange(1, Posts - 1);
    }

    [Fact]
    public async Task A_move_that_was_acknowledged_is_obeyed()
    {
        await using var rig = await new PublishingRig(TimeProvider.System).StartAsync();
        var random = new Random(11222026);
        var posts = await WriteAsync(rig);
        var later = rig.Clock.GetUtcNow() + TimeSpan.FromHours(2);
        var moves = await RacesAsync(rig, posts, random, async post =>
            await rig.Get<Platform.Features.Publishing.Actions.MovePublication>().RunAsync(rig.Caller, new((await rig.ViewAsync(post)).Id, new(null, null, later)), default), m => m.Ok);
        await Eventually.TrueAsync(() => rig.Network.Sink.Count == moves.Count(m => !m.Ok), "all that was not moved is out", 120);
        foreach (var (post, move) in posts.Zip(moves)) { rig.Network.Sink.Count(s => s.Text == post).ShouldBe(move.Ok ? 0 : 1); }
        moves.Where(m => !m.Ok).ShouldAllBe(m => m.Problem!.Code == "already_sending");
    }

    private static async Task<List<string>> WriteAsync(PublishingRig rig)
    {
        var posts = Enumerable.Range(0, Posts).Select(_ => Ids.New()).ToList();
        foreach (var some in posts.Chunk(50)) { await Task.WhenAll(some.Select((post, i) => rig.WriteAsync(post, [$"c{posts.IndexOf(post) % 50}"], postId: post))); }
        return posts;
    }

    // The moments of change are drawn from a span that follows the machine: on one far slower or faster than the span, one side would win every race.
    private static async Task<List<T>> RacesAsync<T>(PublishingRig rig, List<string> posts, Random random, Func<string, Task<T>> change, Func<T, bool> won)
    {
        var (results, span) = (new List<T>(), 120);
        foreach (var some in posts.Chunk(40))
        {
            var ended = await Task.WhenAll(some.Select(post => RaceAsync(rig, post, random.Next(0, span), () => change(post))));
            results.AddRange(ended);
            var wins = ended.Count(won);
            span = wins > some.Length * 3 / 4 ? Math.Min(span * 2, 4_000) : wins < some.Length / 4 ? Math.Max(span / 2, 8) : span;
        }
        return results;
    }

    // Publishing starts now; after a random moment somebody changes their mind.
    private static async Task<T> RaceAsync<T>(PublishingRig rig, string post, int milliseconds, Func<Task<T>> change)
    {
        (await rig.Get<IScheduling>().PublishNowAsync(rig.Caller, post, default)).Unwrap();
        if (milliseconds > 0) { await Task.Delay(milliseconds); }
        return await change();
    }

    private static async Task<bool> EditAsync(PublishingRig rig, string post)
    {
        while (true)
        {
            var view = await rig.ViewAsync(post);
            var batch = new WriteBatch();
            var staged = await rig.Get<IPublishing>().StageAsync(rig.Caller, PublishingRig.Plan(post, [view.ChannelId], [$"edited {post}"]), batch, default);
            if (!staged.Ok) { staged.Problem.Code.ShouldBe("already_sending"); return false; }
            if (await rig.Get<IDocumentStore>().CommitAsync(batch, default)) { return true; }
        }
    }

    private static async Task<Dictionary<string, PublicationView>> SettledAsync(PublishingRig rig, List<string> posts)
    {
        var views = new Dictionary<string, PublicationView>();
        await Eventually.TrueAsync(async () =>
        {
            foreach (var some in posts.Chunk(200)) { foreach (var (post, found) in await rig.Get<IPublishing>().OfPostsAsync(rig.Caller, some, default)) { views[post] = found.Single(); } }
            return views.Values.All(v => v.State is Published or Cancelled);
        }, "all are settled", 120);
        return views;
    }
}
