using System.Diagnostics;
using System.Globalization;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Publishing;

/// <summary>T1: very many posts due in one instant. <c>BURST_POSTS</c> raises the number to the ten thousand of the fault list.</summary>
public sealed class BurstTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Posts_that_are_all_due_at_one_instant_go_out_once_each_and_none_early()
    {
        var posts = int.TryParse(Environment.GetEnvironmentVariable("BURST_POSTS"), CultureInfo.InvariantCulture, out var number) ? number : 1500;
        await using var rig = await new PublishingRig(TimeProvider.System).StartAsync();
        rig.Network.OnPublish = async (_, _, token) => { await Task.Delay(20, token); return null; };
        var due = rig.Clock.GetUtcNow() + TimeSpan.FromSeconds(2 + (posts / 2500d));
        await WriteAsync(rig, posts, due);
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => rig.Network.Sink.Count >= posts, "all are out", 120);
        output.WriteLine($"{posts} posts: the last came {(rig.Network.Sink.Max(s => s.At) - due).TotalSeconds:0.0} s after the instant, the first {(rig.Network.Sink.Min(s => s.At) - due).TotalMilliseconds:0} ms; waited {watch.Elapsed.TotalSeconds:0.0} s");
        rig.Network.Calls.Count.ShouldBe(posts);
        rig.Network.Sink.Select(s => s.Key).Distinct().Count().ShouldBe(posts);
        rig.Network.Sink.Min(s => s.At).ShouldBeGreaterThanOrEqualTo(due);
    }

    /// <summary>T1's bar by the clock of the app: time stands still while anything works, so what is late here slept when it was due.</summary>
    [Fact]
    public async Task Posts_that_are_all_due_at_one_instant_are_at_most_a_second_late_and_wait_for_nothing_but_their_turn()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        var due = rig.Clock.GetUtcNow() + TimeSpan.FromMinutes(2);
        await WriteAsync(rig, 600, due);
        await rig.AdvanceUntilAsync(() => Task.FromResult(rig.Network.Sink.Count == 600), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        rig.Network.Sink.ShouldAllBe(s => s.At >= due && s.At <= due + TimeSpan.FromSeconds(1));
        rig.Network.Calls.Count.ShouldBe(600);
    }

    [Fact]
    public async Task A_small_organization_is_not_kept_waiting_by_a_large_ones_backlog()
    {
        await using var rig = await new PublishingRig(TimeProvider.System).StartAsync();
        rig.Network.OnPublish = async (_, _, token) => { await Task.Delay(20, token); return null; };
        var due = rig.Clock.GetUtcNow() + TimeSpan.FromSeconds(1);
        await WriteAsync(rig, 1000, due, channels: 3);
        await WriteAsync(rig, 1, due, channels: 1, organization: Ids.New(), name: "small");
        await Eventually.TrueAsync(() => rig.Network.Texts.Contains("small"), "the small one is out", 60);
        rig.Network.Sink.Count.ShouldBeLessThan(500, "it did not queue behind the thousand");
    }

    private static async Task WriteAsync(PublishingRig rig, int posts, DateTimeOffset due, int channels = 200, string? organization = null, string name = "post")
    {
        var (at, now) = (ScheduleClock.Resolve(due, "Europe/Berlin").Unwrap().Due, rig.Clock.GetUtcNow());
        var organizations = Enumerable.Range(0, organization is null && channels > 10 ? 20 : 1).Select(_ => organization ?? Ids.New()).ToList();
        var records = Enumerable.Range(0, posts).Select(i => new PublicationRecord
        {
            OrganizationId = organizations[i % organizations.Count],
            Publication = Publication.Create(Ids.New(), new($"{organizations[i % organizations.Count][..6]}-{i % channels}", "scripted", new() { Parts = [new(posts == 1 ? name : $"{name} {i}", [])] }), "t", now).Clear().Schedule(at, "t", now).Unwrap(),
        });
        foreach (var some in records.Chunk(500)) { await rig.Get<IDocumentStore>().ForPlatform<PublicationRecord>(Caller.Platform).InsertManyAsync(some, default); }
    }
}
