using Platform.Features.Publishing.Contracts;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>
/// T16 (skew), T11 and T17 where the database's end resets the connections and refuses new ones, as a server does that is being replaced; cables that are cut
/// are in <see cref="NamespacePartitionTests"/>.
/// </summary>
[Collection(FleetCollection.Name)]
public sealed class FleetPartitionTests(FleetGround ground)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task T17_a_copy_whose_database_resets_its_connections_stops_sending_within_its_lease()
    {
        const int Posts = 120;
        using var cable = new CuttingProxy(TestServers.Require("MONGODB_URI"));
        await using var fleet = await ground.NewFleetAsync();
        var cut = fleet.Start(new Dictionary<string, string> { ["Storage__MongoUri"] = cable.Uri });
        await cut.ListeningAsync();
        fleet.Sink.Latency = TimeSpan.FromMilliseconds(250);
        await fleet.ScheduleAsync(Posts);
        await Eventually.TrueAsync(() => fleet.Sink.Accepted.Count >= 20, "the burst is under way");
        var at = DateTimeOffset.UtcNow;
        cable.IsDown = true;
        // The other copy needs longer to start than the lease lasts, so all calls up to then are of the one that is cut off.
        var other = fleet.Start(new Dictionary<string, string> { ["Publishing__Enabled"] = "false" });
        await other.ListeningAsync();
        await Eventually.TrueAsync(() => DateTimeOffset.UtcNow > at + Lease + TimeSpan.FromSeconds(1), "the lease is over");
        fleet.Sink.Calls.Max(c => c.At).ShouldBeLessThan(at + Lease, "it stopped in time");
        fleet.Sink.Accepted.Count.ShouldBeLessThan(Posts);
        await fleet.Start().ListeningAsync();
        await fleet.UntilAllAsync([Published], 90);
        var calls = fleet.Sink.Calls.Count;
        cable.IsDown = false;
        await Eventually.TrueAsync(cut.IsReadyAsync, "the copy has its database again", 60);
        await fleet.CheckAsync(Posts);
        fleet.Sink.Calls.Count.ShouldBe(calls, "nothing is sent again when it is mended");
    }

    [Fact]
    public async Task T16_copies_whose_clocks_are_five_minutes_wrong_send_by_the_databases_time()
    {
        const int Posts = 80;
        await using var fleet = await ground.NewFleetAsync();
        foreach (var offset in (string[])["300", "-300"]) { fleet.Start(new Dictionary<string, string> { ["Faults__ClockOffsetSeconds"] = offset }); }
        await Task.WhenAll(fleet.Copies.Select(c => c.ListeningAsync()));
        var due = await fleet.ScheduleAsync(Posts);
        await fleet.UntilAllAsync([Published], 60);
        var stored = await fleet.CheckAsync(Posts);
        stored.SelectMany(r => r.Publication.Attempts).ShouldAllBe(a => a.StartedAt >= due && a.StartedAt < due.AddMinutes(1), "what is stored is the database's time");
        foreach (var copy in fleet.Copies) { await fleet.SaidAsync(copy, "the database's counts"); }
    }

    [Fact]
    public async Task T11_copies_whose_channel_lost_its_token_use_the_single_use_refresh_token_once()
    {
        const int Posts = 40;
        await using var fleet = await ground.NewFleetAsync();
        await fleet.StartAsync(2);
        foreach (var token in ground.Sink.Tokens) { fleet.Sink.Ended[token] = true; }
        await fleet.ScheduleAsync(Posts, channels: 4);
        await fleet.UntilAllAsync([Published], 60);
        fleet.Sink.Refreshes.Count.ShouldBe(4, "one for each of the four channels, over both copies");
        fleet.Sink.Refreshes.ShouldBeUnique();
        var stored = await fleet.StoredAsync();
        stored.Count(r => r.Publication.Attempts.Any(a => a.Outcome == "authExpired")).ShouldBeGreaterThan(4, "several had met the old token");
        await fleet.CheckAsync(Posts);
    }
}
