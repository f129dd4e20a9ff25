using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>A database server of its own, which may be killed and frozen, with an organization on it.</summary>
public sealed class OwnServerGround : IAsyncDisposable
{
    private FleetGround? _ground;

    internal OwnMongo Server { get; private set; } = null!;

    /// <summary>Skips where this machine cannot.</summary>
    internal async Task<Fleet> NewFleetAsync()
    {
        Server ??= await OwnMongo.StartAsync();
        _ground ??= new FleetGround { MongoUri = Server.Uri };
        return await _ground.NewFleetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_ground is not null) { await _ground.DisposeAsync(); }
        if (Server is not null) { await Server.DisposeAsync(); }
    }
}

/// <summary>T12: the database goes away under several copies at once, in the middle of a burst, and comes back.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetOutageTests(OwnServerGround ground) : IClassFixture<OwnServerGround>
{
    private const int Posts = 120;
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(20);

    /// <param name="copies">How many.</param>
    /// <param name="frozen">The server takes connections and answers nothing; else it is killed, and started again.</param>
    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(5, false)]
    public async Task T12_the_database_of_several_copies_is_away_for_twenty_seconds(int copies, bool frozen)
    {
        await using var fleet = await ground.NewFleetAsync();
        await fleet.StartAsync(copies);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var once = 0;
        fleet.Sink.Latency = TimeSpan.FromMilliseconds(100);
        // The network has accepted, and its answer comes when there is nothing to write it to.
        fleet.Sink.OnAccepted = () =>
        {
            if (fleet.Sink.Accepted.Count < 15 || Interlocked.Exchange(ref once, 1) == 1) { return false; }
            if (frozen) { ground.Server.Freeze(); } else { ground.Server.Kill(); }
            gone.SetResult();
            return false;
        };
        await fleet.ScheduleAsync(Posts);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(60));
        try
        {
            await Task.Delay(Gone);
            foreach (var copy in fleet.Copies) { copy.HasExited.ShouldBeFalse($"a copy ended by itself:\n{copy.Output}"); }
            fleet.Sink.Accepted.Count.ShouldBeLessThan(Posts, "most were still to go");
        }
        finally { if (frozen) { ground.Server.Thaw(); } else { await ground.Server.UpAsync(); } }
        await fleet.UntilAllAsync([Published], 90);
        foreach (var copy in fleet.Copies) { await Eventually.TrueAsync(copy.IsReadyAsync, "a copy is ready again", 60); }
        await fleet.CheckAsync(Posts);
    }
}
