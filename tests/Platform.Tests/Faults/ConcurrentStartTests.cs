using System.Text.RegularExpressions;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;

namespace Platform.Tests.Faults;

/// <summary>Copies of the app that start at the same moment, as a deployment starts them.</summary>
public sealed partial class ConcurrentStartTests
{
    [Fact]
    public async Task Two_processes_that_start_at_once_on_an_empty_database_migrate_once_and_both_serve()
    {
        var folder = Directory.CreateTempSubdirectory("concurrent-start-").FullName;
        var settings = new Dictionary<string, string> { ["Storage__Engine"] = "Mongo", ["Storage__MongoUri"] = TestServers.Require("MONGODB_URI"), ["Storage__MongoDatabase"] = TestMongo.NameOf(folder) };
        await using (AppProcess one = AppProcess.Start(folder, more: settings), two = AppProcess.Start(folder, more: settings))
        {
            foreach (var app in (AppProcess[])[one, two])
            {
                using var client = new HttpClient { BaseAddress = new Uri(await app.ListeningAsync()) };
                (await client.GetAsync("/health/ready")).IsSuccessStatusCode.ShouldBeTrue(app.Output);
            }
            var ran = Migrating().Matches(one.Output + "\n" + two.Output).Select(m => m.Groups[1].Value).ToList();
            ran.ShouldNotBeEmpty();
            ran.ShouldBeUnique();
            (await one.StopAsync()).Code.ShouldBe(0, one.Output);
            (await two.StopAsync()).Code.ShouldBe(0, two.Output);
        }
        TestMongo.Drop(TestMongo.NameOf(folder));
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex(@"Migrating stored records: (\S+)")]
    private static partial Regex Migrating();
}
