using System.Security.Cryptography;
using Platform.Features.Channels.Actions;
using Platform.Features.Channels.Store;
using Platform.Features.Content.Contracts;
using Platform.Features.Content.Store;
using Platform.Features.Organizations.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Networks;
using Platform.Primitives;
using Platform.Storage.Sqlite;
using Platform.Tenancy;

namespace Platform.Benchmarks.Running;

/// <summary>
/// The product itself: its own program in a process of its own, on a data folder with tenants whose channels lead to the sink. Posts are put into its
/// file beside it (as one transaction), so that feeding costs the measured process nothing; it finds them as it finds all due posts.
/// </summary>
internal sealed class Installation : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("benchmark-product-").FullName;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly List<(string Organization, string Channel)> _tenants = [];
    private readonly Dictionary<string, string> _settings;
    private TimeSpan _storing = TimeSpan.FromMilliseconds(1);
    private PostFile? _posts;
    private Child? _app;

    private Installation(int concurrency) => _settings = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Platform__DataDirectory"] = _folder, ["Platform__MasterKey"] = _key, ["Outbound__AllowPrivateNetworks"] = "true",
        ["Publishing__Concurrency"] = concurrency.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Logging__LogLevel__Default"] = "Warning", ["DOTNET_gcServer"] = "0",
    };

    /// <summary>The stored posts.</summary>
    public PostFile Posts => _posts ?? throw new InvalidOperationException("not made yet");

    /// <summary>Processor time of the running process.</summary>
    public TimeSpan Cpu => _app!.Cpu;

    /// <summary>Makes the data folder: tenants with a channel each, and posts for another day.</summary>
    public static async Task<Installation> MakeAsync(Sink sink, int tenants, int backlog, int concurrency)
    {
        var made = new Installation(concurrency);
        await using (var store = SqliteDocumentStore.Open(made._folder, [OrganizationStore.Organizations, ChannelStore.Collection, PublicationStore.Collection, PostStore.Collection]))
        {
            var (organizations, channels) = (store.ForPlatform<Organization>(Caller.Platform), store.ForPlatform<Channel>(Caller.Platform));
            var seal = new ChannelSeal(new SecretBox(Convert.FromBase64String(made._key)));
            List<Organization> all = [.. Enumerable.Range(0, tenants).Select(NewOrganization)];
            List<Channel> theirs = [.. all.Select(o => NewChannel(o.Id, sink.Url, seal))];
            await organizations.InsertManyAsync(all, default);
            await channels.InsertManyAsync(theirs, default);
            made._tenants.AddRange(theirs.Select(c => (c.OrganizationId, c.Id)));
        }
        made._posts = new PostFile(SqliteDatabase.FileIn(made._folder));
        var later = DateTimeOffset.UtcNow.AddDays(30);
        foreach (var some in Enumerable.Range(0, backlog).Chunk(10_000)) { made.Add([.. some.Select(n => later.AddSeconds(n))]); }
        return made;
    }

    /// <summary>How far ahead posts must be scheduled here and now: the product looks at least every five seconds, and storing them takes its time on a busy machine.</summary>
    public TimeSpan Lead(int posts) => TimeSpan.FromSeconds(8) + (_storing * posts * 4);

    /// <summary>Schedules posts, over all tenants in turn. Returns each key with its moment.</summary>
    public Dictionary<string, DateTimeOffset> Add(IReadOnlyList<DateTimeOffset> moments)
    {
        var now = DateTimeOffset.UtcNow;
        List<(Post Post, PublicationRecord Publication)> rows = [.. moments.Select((at, i) => NewPost(_tenants[i % _tenants.Count], at, now))];
        Posts.Insert(rows);
        _storing = (DateTimeOffset.UtcNow - now) / rows.Count;
        return rows.ToDictionary(r => $"{r.Publication.Id}-0", r => r.Publication.Publication.Due!.At);
    }

    /// <summary>Starts the process.</summary>
    public void Start() => Start("http://127.0.0.1:0");

    /// <summary>The running process.</summary>
    public Child Process => _app ?? throw new InvalidOperationException("not started yet");

    /// <summary>The data folder.</summary>
    public string Folder => _folder;

    /// <summary>The settings, for processes beside this one.</summary>
    public IReadOnlyDictionary<string, string> Settings => _settings;

    /// <summary>Changes a setting before the start.</summary>
    public Installation With(string setting, string value) { _settings[setting] = value; return this; }

    /// <summary>Starts it for people: without limits on them, and able to tell its memory. Returns its address once it is ready.</summary>
    public async Task<string> ServeAsync()
    {
        var url = $"http://127.0.0.1:{Machine.FreePort()}";
        With("RateLimits__Enabled", "false").With("Circuits__PerPerson", "10000").With("Circuits__PerAddress", "10000").With(Memory.Hook.Key, Memory.Hook.Value);
        Start(url);
        await Machine.AnswersAsync($"{url}/health/ready", () => _app!.Output);
        return url;
    }

    private void Start(string url) => _app = Child.Start(Child.Measured, "dotnet", [Product.File, "--urls", url], _settings);

    /// <summary>Starts it and sends posts first, in two rounds with a moment between them for the compiler, so that what is measured is warm.</summary>
    public async Task StartWarmAsync(Sink sink, int posts)
    {
        await sink.ResetAsync(0);
        var now = DateTimeOffset.UtcNow;
        Add([.. Enumerable.Repeat(now, posts), .. Enumerable.Repeat(now.AddSeconds(8), posts)]);
        Start();
        try { await sink.WaitAsync(posts * 2, "the product's warm-up"); }
        catch (InvalidOperationException e) { throw new InvalidOperationException($"{e.Message}\n{_app!.Output}", e); }
        await Posts.ToldAsync();
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() { _app?.Dispose(); _app = null; }

    public void Dispose()
    {
        Kill();
        _posts?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Organization NewOrganization(int number) => new()
    {
        Name = $"Tenant {number}", SearchName = $"tenant {number}", TimeZone = "Europe/Berlin", Plan = "free", CreatedAt = DateTimeOffset.UtcNow,
    };

    private static Channel NewChannel(string organization, string url, ChannelSeal seal)
    {
        var id = Ids.New();
        return new Channel
        {
            Id = id, OrganizationId = organization, Network = "sandbox", RemoteAccountId = id, Handle = "h", DisplayName = "Sink", ServiceUrl = url,
            Sealed = seal.Seal(organization, id, new ChannelSecrets { AccessToken = Ids.New() }), ConnectedBy = "benchmark", ConnectedAt = DateTimeOffset.UtcNow, TriedAt = DateTimeOffset.UtcNow,
        };
    }

    private static (Post Post, PublicationRecord Publication) NewPost((string Organization, string Channel) tenant, DateTimeOffset at, DateTimeOffset now)
    {
        var post = new Post
        {
            OrganizationId = tenant.Organization, Edition = 1, Text = BenchmarkPost.Sample, MediaIds = [], Parts = [], ChannelIds = [tenant.Channel], Networks = ["sandbox"],
            Variants = new Dictionary<string, PostVariant>(), Labels = [], State = PublicationState.Scheduled, Moment = at, AllMediaIds = [], SearchText = BenchmarkPost.Sample,
            CreatedBy = "benchmark", CreatedAt = now, UpdatedBy = "benchmark", UpdatedAt = now,
        };
        var plan = new PlannedPublication(tenant.Channel, "sandbox", new() { Parts = [new(BenchmarkPost.Sample, [])] });
        var due = new DueTime(at, at.ToString("s", System.Globalization.CultureInfo.InvariantCulture), "Etc/UTC");
        var publication = Publication.Create(post.Id, plan, "benchmark", now).Clear().Schedule(due, "benchmark", now).Value!;
        // That it was scheduled was told long ago; only what happens in the run is told in it.
        return (post, new() { OrganizationId = tenant.Organization, Publication = publication with { Outbox = [], OutboxAt = null } });
    }
}
