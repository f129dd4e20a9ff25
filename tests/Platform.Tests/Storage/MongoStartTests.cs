using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Mongo.Bson;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Storage;

/// <summary>What the engine says at start, and that it says the next step.</summary>
public sealed class MongoStartTests
{
    [Theory]
    [InlineData(null, "platform", "Storage:MongoUri must be a connection string")]
    [InlineData("http://somewhere", "platform", "Storage:MongoUri must be a connection string")]
    [InlineData("mongodb:///x", "platform", "names no host")]
    [InlineData("mongodb://h/?w=1", "platform", "leave it out")]
    [InlineData("mongodb://h", "a.b", "Storage:MongoDatabase")]
    [InlineData("mongodb://h", "", "Storage:MongoDatabase")]
    public void Mistakes_in_the_settings_are_named(string? uri, string database, string said) =>
        new MongoSettings().Validate(null, new StorageOptions { Engine = StorageEngine.Mongo, MongoUri = uri, MongoDatabase = database }).FailureMessage.ShouldNotBeNull().ShouldContain(said);

    [Fact]
    public void Settings_of_the_other_engine_are_not_looked_at() => new MongoSettings().Validate(null, new StorageOptions { MongoUri = "nonsense" }).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("mongodb://h", "mongodb://h/?w=majority&")]
    [InlineData("mongodb://u:p@h1,h2:2/db", "mongodb://u:p@h1,h2:2/db?w=majority&")]
    [InlineData("mongodb+srv://h/?retryWrites=true&w=majority", "mongodb+srv://h/?retryWrites=true&w=majority&readConcernLevel=majority&")]
    public void What_we_rely_on_is_added_to_the_address(string uri, string begins)
    {
        var address = MongoAddress.Of(uri, "x");
        address.Uri.ShouldStartWith(begins);
        address.Uri.ShouldContain("serverSelectionTimeoutMS=5000");
        address.Hosts.ShouldNotContain("p@");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_so_without_the_password()
    {
        TestServers.Require("MONGODB_URI");
        var failure = await Should.ThrowAsync<StorageUnavailableException>(() => OpenAsync("mongodb://someone:secret-word@127.0.0.1:1/?serverSelectionTimeoutMS=300"));
        failure.Message.ShouldContain("No MongoDB server answers at 127.0.0.1:1");
        failure.Message.ShouldContain("Check Storage:MongoUri");
        failure.ToString().ShouldNotContain("secret-word");
    }

    [Fact]
    public async Task A_server_that_is_too_old_is_said_so()
    {
        TestServers.Require("MONGODB_URI");
        using var old = new FakeMongo(command => command is "hello" or "isMaster" or "ismaster" ? FakeMongo.Hello(13) : command == "buildInfo" ? new BsonMap("version", "5.0.9").Add("ok", 1.0) : null);
        (await Should.ThrowAsync<StorageUnavailableException>(() => OpenAsync(old.Uri))).Message.ShouldContain("is version 5.0.9; 6.0 or newer is needed");
    }

    [Fact]
    public async Task Credentials_that_are_refused_are_said_so()
    {
        TestServers.Require("MONGODB_URI");
        using var strict = new FakeMongo(command => command switch
        {
            "hello" or "isMaster" or "ismaster" => FakeMongo.Hello(17).Add("msg", "isdbgrid"),
            _ => new BsonMap("ok", 0.0).Add("errmsg", "not authorized on platform to execute command").Add("code", 13).Add("codeName", "Unauthorized"),
        });
        (await Should.ThrowAsync<StorageUnavailableException>(() => OpenAsync(strict.Uri))).Message.ShouldContain("refuses the credentials");
    }

    [Fact]
    public async Task A_single_server_is_warned_of_and_used_without_transactions()
    {
        TestServers.Require("MONGODB_URI");
        using var single = new FakeMongo(command => command switch
        {
            "hello" or "isMaster" or "ismaster" => FakeMongo.Hello(17),
            "find" or "listIndexes" or "aggregate" => new BsonMap("cursor", new BsonMap("id", 0L).Add("ns", "x.y").Add("firstBatch", new BsonList())).Add("ok", 1.0),
            _ => null,
        });
        var log = new Warnings();
        await using var store = await MongoDocumentStore.OpenAsync(MongoAddress.Of(single.Uri, "test"), Records.All, log, CancellationToken.None);
        store.Database.HasTransactions.ShouldBeFalse();
        log.All.ShouldContain(line => line.Contains("is a single server, no replica set") && line.Contains("rs.initiate()"));
    }

    [Fact]
    public async Task Health_writes_and_reads()
    {
        var store = TestMongo.Open(Records.All);
        var health = await new MongoHealth(store, TimeProvider.System).CheckAsync(CancellationToken.None);
        (health.Engine, health.Available, health.Error).ShouldBe(("Mongo", true, null));
        health.WriteLatency.ShouldNotBeNull();
        await TestMongo.DropAsync(store);
    }

    [Fact]
    public async Task Migrations_run_once_in_order_and_by_one_copy_at_a_time()
    {
        var (store, ran) = (TestMongo.Open(Records.All), new List<string>());
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartAsync(store, new Step("2026-02", ran), new Step("2026-01", ran))));
        ran.ShouldBe(["2026-01", "2026-02"]);
        await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(store, new Step("2026-03", ran, fails: true), new Step("2026-04", ran)));
        ran.ShouldBe(["2026-01", "2026-02", "2026-03"]);
        await TestMongo.DropAsync(store);
    }

    private static Task<MongoDocumentStore> OpenAsync(string uri) => MongoDocumentStore.OpenAsync(MongoAddress.Of(uri, "test"), Records.All, NullLogger.Instance, CancellationToken.None);

    private static Task StartAsync(MongoDocumentStore store, params IMigration[] migrations) => new MongoStart(store, migrations, NullLogger<MongoStart>.Instance).StartAsync(CancellationToken.None);

    private sealed class Step(string name, List<string> ran, bool fails = false) : IMigration
    {
        public string Name => name;

        public async Task RunAsync(IDocumentStore store, CancellationToken cancellationToken)
        {
            lock (ran) { ran.Add(name); }
            await store.ForPlatform<Setting>(Caller.Platform).CountAsync(s => true, cancellationToken);
            if (fails) { throw new InvalidOperationException("no"); }
        }
    }

    private sealed class Warnings : ILogger
    {
        public List<string> All { get; } = [];
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel level) => level == LogLevel.Warning;
        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format) { if (IsEnabled(level)) { All.Add(format(state, exception)); } }
    }
}
