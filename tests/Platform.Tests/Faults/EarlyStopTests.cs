using Microsoft.Data.Sqlite;
using Platform.Storage.Sqlite;
using Platform.Tests.TestKit;

namespace Platform.Tests.Faults;

/// <summary>A process asked to end while it still starts: a rolling deploy that changes its mind.</summary>
public sealed class EarlyStopTests
{
    // By SIGTERM before there was anyone to hear it (128 + 15), or by its own end; never by an abort (128 + 6).
    private static readonly int[] Orderly = [0, 143];

    [Fact]
    public async Task Asked_to_end_at_any_moment_of_its_start_it_ends_in_order_and_the_next_start_finds_its_data()
    {
        var directory = Directory.CreateTempSubdirectory("early-stop-").FullName;
        foreach (var moment in (int[])[50, 250, 500, 750, 1_000, 1_300, 1_700, 2_200, 3_000])
        {
            await using var app = AppProcess.Start(directory, demo: true);
            await Task.WhenAny(app.ExitedAsync(), Task.Delay(moment));
            var (_, code) = await app.StopAsync();
            code.ShouldBeOneOf(Orderly, $"asked after {moment} ms:\n{app.Output}");
        }
        await using (var last = AppProcess.Start(directory, demo: true))
        {
            var address = await last.ListeningAsync();
            using var client = new HttpClient { BaseAddress = new Uri(address) };
            (await client.GetAsync("/health/ready")).IsSuccessStatusCode.ShouldBeTrue();
            (await last.StopAsync()).Code.ShouldBe(0);
        }
        await using (var file = new SqliteConnection($"Data Source={SqliteDatabase.FileIn(directory)};Pooling=False"))
        {
            await file.OpenAsync();
            await using var check = file.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            (await check.ExecuteScalarAsync()).ShouldBe("ok");
        }
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Asked_to_end_in_the_middle_of_a_long_start_it_breaks_the_start_off()
    {
        var directory = Directory.CreateTempSubdirectory("early-stop-").FullName;
        await using (var app = AppProcess.Start(directory, demo: true))
        {
            // The password is said as soon as the people are there; the posts take seconds after that.
            await Eventually.TrueAsync(() => app.Output.Contains("Northwind Coffee was made", StringComparison.Ordinal), "the demo is being made", 60);
            var (_, code) = await app.StopAsync();
            code.ShouldBe(0, app.Output);
        }
        await using (var next = AppProcess.Start(directory, demo: true))
        {
            await next.ListeningAsync();
            next.Output.ShouldContain("The demo is there already");
            await next.StopAsync();
        }
        Directory.Delete(directory, recursive: true);
    }
}
