using System.Globalization;
using Platform.Storage.Mongo.Bson;
using Platform.Storage.Mongo.Native;

namespace Platform.Storage.Mongo;

/// <summary>What the start says, each with the next step.</summary>
internal static class MongoStartText
{
    public const string NoLibrary = "Storage:Engine is Mongo, and the MongoDB C driver is not on this machine. Install it (Debian 12: apt-get install libmongoc-1.0-0; Ubuntu 24.04: libmongoc-1.0-0t64; newer: libmongoc2-2), or set Storage:Engine to Sqlite.";

    public static string Unreachable(string hosts, string why) => $"No MongoDB server answers at {hosts} ({why}). Check Storage:MongoUri, that the server runs, and that this machine may reach it.";

    public static string Refused(string hosts, string why) => $"MongoDB at {hosts} refuses the credentials ({why}). Check user, password and authSource in Storage:MongoUri, and that the user has the role readWrite on the database.";

    public static string TooOld(string hosts, string version) => $"MongoDB at {hosts} is version {version}; 6.0 or newer is needed. Upgrade the server.";

    public static string NoReplicaSet(string hosts) => $"MongoDB at {hosts} is a single server, no replica set: writes to several records are then not one, and a crash between them leaves half of them. Good for a look, not for work: start mongod with --replSet and run rs.initiate().";
}

/// <summary>Looks, before anything else, whether the server is one that we can use.</summary>
internal static class SelfTest
{
    private const int LeastWireVersion = 17;
    private const uint BadWireVersionInDriver = 15;

    public static async Task RunAsync(MongoDatabase database, ILogger log, CancellationToken cancellationToken)
    {
        var hosts = database.Address.Hosts;
        try
        {
            var hello = await database.RunAsync("server", connection => connection.Command(new BsonMap("hello", 1), "admin"), cancellationToken);
            if (Convert.ToInt32(hello["maxWireVersion"] ?? 0, CultureInfo.InvariantCulture) < LeastWireVersion) { throw new StorageUnavailableException(MongoStartText.TooOld(hosts, await VersionAsync(database, cancellationToken))); }
            database.HasTransactions = hello.Has("setName") || hello["msg"] is "isdbgrid";
            if (!database.HasTransactions) { log.LogWarning("{Text}", MongoStartText.NoReplicaSet(hosts)); }
            // Credentials are looked at with the first command that needs them.
            await database.RunAsync("server", connection => connection.Find("_migrations", [], new BsonMap("_id", 1), 1), cancellationToken);
        }
        catch (StorageUnavailableException failure) when (failure.InnerException is MongoFailure said) { throw new StorageUnavailableException(Say(hosts, said), failure); }
    }

    /// <summary>What a failure of the first call means, and what to do.</summary>
    public static string Say(string hosts, MongoFailure failure) => failure switch
    {
        { IsRefused: true } => MongoStartText.Refused(hosts, failure.Message),
        { Code: BadWireVersionInDriver } when failure.Message.Contains("wire version", StringComparison.Ordinal) => MongoStartText.TooOld(hosts, "too old for the driver"),
        _ => MongoStartText.Unreachable(hosts, failure.Message),
    };

    private static async Task<string> VersionAsync(MongoDatabase database, CancellationToken cancellationToken) =>
        (await database.RunAsync("server", connection => connection.Command(new BsonMap("buildInfo", 1), "admin"), cancellationToken))["version"] as string ?? "unknown";
}
