using System.Globalization;
using Platform.Features.Publishing.Actions;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>On the embedded engine: <c>FAULT_SEEDS</c> says how many seeds (20 in the gate, 3 otherwise).</summary>
public sealed class RandomFaultTests(FaultTemplate template) : RandomFaultTestsOf(template)
{
    /// <summary>Its seeds.</summary>
    public static TheoryData<int> Seeds() => SeedsOf("FAULT_SEEDS", 3);

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Whatever_happens_every_invariant_holds(int seed) => RunAsync(seed, FaultPlace.Sqlite);
}

/// <summary>On the engine for several copies, beside the other: <c>FAULT_SEEDS_MONGO</c> says how many seeds (20 in the gate, 1 otherwise).</summary>
public sealed class MongoRandomFaultTests(FaultTemplate template) : RandomFaultTestsOf(template)
{
    /// <summary>Its seeds.</summary>
    public static TheoryData<int> Seeds() => SeedsOf("FAULT_SEEDS_MONGO", 1);

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Whatever_happens_every_invariant_holds(int seed) => RunAsync(seed, FaultPlace.Mongo);
}

/// <summary>
/// Random schedules of faults, each from its seed: the network misbehaves, the process is killed at random moments and points, people cancel; then all is well
/// again and every invariant must hold. <c>FAULT_SEED</c> repeats one, <c>FAULT_FIRST</c> begins with another than 1.
/// </summary>
public abstract class RandomFaultTestsOf(FaultTemplate template) : IClassFixture<FaultTemplate>
{
    private static readonly string[] Points = [Failpoints.AfterDueRead, Failpoints.AfterClaim, Failpoints.BeforeIntent, Failpoints.AfterIntent, Failpoints.BeforeResult, Failpoints.AfterResult];

    private protected async Task RunAsync(int seed, FaultPlace place)
    {
        var random = new Random(seed);
        using var run = await template.NewRunAsync(40, TimeSpan.FromSeconds(1.5), random, place);
        run.Sink.Script = Faults(random);
        var cancelled = new HashSet<string>();
        for (var kills = random.Next(1, 4); kills > 0; kills--) { await LiveAndDieAsync(run, random, cancelled); }
        await using (var app = run.Start())
        {
            // Seconds, unless the machine has no time for us: with leases of four seconds a starved process loses its claims again and again before it gets through.
            await run.UntilAllAsync([Published, Failed, Cancelled, Missed], app, 240);
            await app.StopAsync();
        }
        var breaches = InvariantChecker.Breaches(await run.StoredAsync(), run.Sink, cancelled);
        breaches.ShouldBeEmpty($"repeat with FAULT_SEED={seed}");
    }

    // The first two calls of a part may go wrong in any way; drawn ahead by its text, so that the seed alone decides.
    private static Func<string, int, SinkFault> Faults(Random random)
    {
        var kinds = Enum.GetValues<SinkFault>();
        var table = Enumerable.Range(0, 997).Select(_ => random.NextDouble() < 0.6 ? SinkFault.None : kinds[random.Next(kinds.Length)]).ToArray();
        return (text, before) => before >= 2 ? SinkFault.None : table[(text.Aggregate(17, (sum, c) => ((sum * 31) + c) % 900) + before) % table.Length];
    }

    private async Task LiveAndDieAsync(FaultRun run, Random random, HashSet<string> cancelled)
    {
        var point = random.Next(3) == 0 ? null : $"{Points[random.Next(Points.Length)]}:{random.Next(1, 25)}";
        var (life, victims) = (TimeSpan.FromMilliseconds(random.Next(1500, 5000)), Enumerable.Range(0, 3).Select(_ => random.Next(40)).ToList());
        await using var app = run.Start(point);
        var cancelling = CancelAsync(app, victims, cancelled);
        await Task.WhenAny(app.ExitedAsync(), Task.Delay(life));
        app.Kill();
        await app.ExitedAsync();
        await cancelling;
    }

    private async Task CancelAsync(AppProcess app, List<int> victims, HashSet<string> cancelled)
    {
        try
        {
            using var client = await app.ClientAsync(template.AccessToken);
            var list = await (await client.GetAsync("/api/v1/publications?limit=100")).ReadAsync();
            var items = list.GetProperty("items").EnumerateArray().ToList();
            foreach (var item in victims.Where(v => v < items.Count).Select(v => items[v]))
            {
                var id = item.GetProperty("publication").GetProperty("id").GetString()!;
                var answer = await client.PostAsync($"/api/v1/content/{item.GetProperty("postId").GetString()}/publications/{id}/cancel", null);
                if (answer.IsSuccessStatusCode) { cancelled.Add(id); }
            }
        }
        // The app may be killed under the call: then nothing was acknowledged.
        catch (Exception e) when (e is HttpRequestException or TimeoutException or TaskCanceledException or IOException) { return; }
    }

    private protected static TheoryData<int> SeedsOf(string variable, int otherwise) =>
        Number("FAULT_SEED") is { } one ? [one] : [.. Enumerable.Range(Number("FAULT_FIRST") ?? 1, Number(variable) ?? otherwise)];

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
