using Platform.Storage.Sqlite;
using Platform.Tenancy;
using Platform.Tests.Storage;

/// <summary>
/// The process that <see cref="SqliteCrashTests"/> kills: this test program, started with DOTNET_STARTUP_HOOKS, which the runtime calls
/// before Main. It writes pairs from many tasks and says each pair that the store has acknowledged.
/// </summary>
internal static class StartupHook
{
    public const string Folder = "STORAGE_CRASH_FOLDER";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Folder) is { } folder) { WriteForeverAsync(folder).GetAwaiter().GetResult(); }
    }

    private static async Task WriteForeverAsync(string folder)
    {
        using var store = SqliteDocumentStore.Open(folder, Records.All);
        var settings = store.ForPlatform<Setting>(Caller.Platform);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var first = new Setting { Key = Platform.Primitives.Ids.New() };
                await settings.InsertManyAsync([first, new Setting { Key = first.Key + "-twin" }], CancellationToken.None);
                lock (settings) { Console.WriteLine("ack " + first.Key); }
            }
        })));
    }
}
