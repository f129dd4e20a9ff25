using System.Net;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>How the cable between a copy and the database is cut.</summary>
public enum Cut
{
    /// <summary>It is pulled out: the copy has no route to the database and is told so.</summary>
    Unplugged,

    /// <summary>Everything is lost on the way, and nobody is told.</summary>
    Silent,

    /// <summary>What the copy writes arrives and is done; only the answers are lost. So an intent may be stored that the copy hears of after its lease.</summary>
    AnswersLost,
}

/// <summary>An organization whose network can be reached from a namespace, and the way from there to the database.</summary>
public sealed class NamespaceGround : IAsyncDisposable
{
    internal NetworkNamespace Network { get; private set; } = null!;

    /// <summary>Where the database is for the copy in the namespace: a forwarder at our end of its cable.</summary>
    internal CuttingProxy Database { get; private set; } = null!;

    internal FleetGround Fleet { get; private set; } = null!;

    /// <summary>Skips where the server is not there, or where no namespace can be made.</summary>
    internal Task<Fleet> NewFleetAsync()
    {
        var uri = TestServers.Require("MONGODB_URI");
        Network ??= NetworkNamespace.Make();
        Database ??= new CuttingProxy(uri, Network.Database.Host);
        Fleet ??= new FleetGround { SinkAt = Network.Outside.Host };
        Network.Mend();
        return Fleet.NewFleetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Fleet is not null) { await Fleet.DisposeAsync(); }
        Database?.Dispose();
        Network?.Dispose();
    }
}

/// <summary>T17: a copy in a network of its own, whose cable to the database is cut in the middle of a burst while the way to the social network works.</summary>
[Collection(FleetCollection.Name)]
public sealed class NamespacePartitionTests(NamespaceGround ground) : IClassFixture<NamespaceGround>
{
    private const int More = 60;
    // So little at a time that none takes the whole burst, and many calls at once.
    private static readonly Dictionary<string, string> Small = new() { ["Publishing__Concurrency"] = "32", ["Publishing__ConcurrencyPerOrganization"] = "32", ["Publishing__ConcurrencyPerChannel"] = "8" };

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData(Cut.Unplugged, 2)]
    [InlineData(Cut.Silent, 2)]
    [InlineData(Cut.AnswersLost, 2)]
    [InlineData(Cut.Silent, 5)]
    public async Task T17_a_copy_cut_off_from_the_database_stops_sending_within_its_lease(Cut cut, int copies)
    {
        var posts = 120 + (copies * 40);
        await using var fleet = await ground.NewFleetAsync();
        var lonely = fleet.Start(new Dictionary<string, string>(Small) { ["Storage__MongoUri"] = ground.Database.Uri }, inside: ground.Network);
        await fleet.StartAsync(copies - 1, Small);
        fleet.Sink.Latency = TimeSpan.FromMilliseconds(400);
        var at = await CutInBurstAsync(fleet, cut, () => fleet.ScheduleAsync(posts));
        await fleet.UntilAllAsync([Published], 120);
        OfLonely(fleet).Max().ShouldBeLessThan(at + Lease, "it stopped in time");
        (await lonely.IsReadyAsync()).ShouldBeFalse("it says that it cannot work");
        (await fleet.StoredAsync()).Count(r => r.Publication.Epoch > 1).ShouldBeGreaterThan(0, "claims were taken over");
        var calls = fleet.Sink.Calls.Count;
        ground.Network.Mend();
        await Eventually.TrueAsync(lonely.IsReadyAsync, "the copy has its database again", 90);
        await fleet.SaidAsync(lonely, "no longer counts", 90);
        fleet.Sink.Calls.Count.ShouldBe(calls, "nothing is sent again when it is mended");
        await WorksAloneAsync(fleet);
        (await lonely.StopAsync()).Code.ShouldBe(0, lonely.Output);
        await fleet.CheckAsync(posts + More);
    }

    // Cut as its first calls come in: then it has calls out, intents on their way to the database and claims in hand. Returns the moment.
    private async Task<DateTimeOffset> CutInBurstAsync(Fleet fleet, Cut cut, Func<Task> schedule)
    {
        var (cutAt, once) = (new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        fleet.Sink.OnHeaders = () =>
        {
            if (OfLonely(fleet).Count() < 6 || Interlocked.Exchange(ref once, 1) == 1) { return false; }
            Action how = cut switch { Cut.Unplugged => ground.Network.Unplug, Cut.Silent => ground.Network.LoseAll, _ => ground.Network.LoseAnswers };
            // What the database does meanwhile is answered when the cable is cut.
            ground.Database.HoldsAnswers = true;
            how();
            ground.Database.HoldsAnswers = false;
            cutAt.SetResult(DateTimeOffset.UtcNow);
            return false;
        };
        await schedule();
        return await cutAt.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    // The others are stopped: what is due now goes out by the one that was cut off.
    private static async Task WorksAloneAsync(Fleet fleet)
    {
        foreach (var other in fleet.Copies.Skip(1)) { (await other.StopAsync()).Code.ShouldBe(0, other.Output); }
        await fleet.ScheduleAsync(More);
        await fleet.UntilAllAsync([Published], 90);
    }

    private IEnumerable<DateTimeOffset> OfLonely(Fleet fleet) => fleet.Sink.Origins.Where(o => Equals(o.From, ground.Network.Outside.Guest)).Select(o => o.At);
}
