using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NSubstitute;
using Platform.Ai;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Jobs;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.Ai;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Agents;

/// <summary>The app with a model the test speaks for, plans of a chosen size, and channels and posts kept here.</summary>
public sealed class AgentsApp : IDisposable
{
    public AgentsApp() : this(null) { }

    internal AgentsApp(IModelProvider? model, int credits = 5_000)
    {
        App = new PlatformApp().With(services =>
        {
            var plans = Substitute.For<IPlanLimits>();
            plans.OfAsync(default!, default).ReturnsForAnyArgs(_ => new PlanLimits("professional", 10, 30, 3000, Credits, 0, 365));
            Credits = credits;
            services.Replace(ServiceDescriptor.Singleton(plans));
            services.Replace(ServiceDescriptor.Singleton(Channels));
            services.Replace(ServiceDescriptor.Singleton(Posts));
            services.Replace(ServiceDescriptor.Singleton(Organizations()));
            services.Replace(ServiceDescriptor.Singleton(Substitute.For<IAudit>()));
            services.Replace(ServiceDescriptor.Singleton(Jobs));
            services.Replace(ServiceDescriptor.Singleton(Scheduling));
            services.Replace(ServiceDescriptor.Singleton(Publishing));
            services.Replace(ServiceDescriptor.Singleton(Engagement));
            services.Replace(ServiceDescriptor.Singleton(Fetcher));
            if (model is not null) { services.RemoveAll<IModelProvider>(); services.AddSingleton(model); }
        });
        Channels.FindAsync(default!, default!, default).ReturnsForAnyArgs(call => call.Arg<IReadOnlyCollection<string>>().Where(Known.ContainsKey).Select(id => Known[id]).ToList());
        Channels.ListAsync(default!, default).ReturnsForAnyArgs(_ => Known.Values.ToList());
        Engagement.SinceAsync(default!, default!, default, default).ReturnsForAnyArgs(_ => Posts90);
        Publishing.DueBetweenAsync(default!, default!, default).ReturnsForAnyArgs(_ => Planned);
        Posts.CreateAsync(default!, default!, default).ReturnsForAnyArgs(call => Create(call.Arg<NewPost>()));
    }

    public PlatformApp App { get; }

    public int Credits { get; set; }

    public Caller Caller { get; } = new() { Kind = CallerKind.Person, UserId = Ids.New(), Name = "Ada", Organization = new(Ids.New()), Role = Role.Owner };

    public IChannels Channels { get; } = Substitute.For<IChannels>();

    public IPosts Posts { get; } = Substitute.For<IPosts>();

    public IJobQueue Jobs { get; } = Substitute.For<IJobQueue>();

    public IScheduling Scheduling { get; } = Substitute.For<IScheduling>();

    public IPublishing Publishing { get; } = Substitute.For<IPublishing>();

    public IOutboundFetcher Fetcher { get; } = Substitute.For<IOutboundFetcher>();

    public IEngagement Engagement { get; } = Substitute.For<IEngagement>();

    public IReadOnlyList<PostEngagement> Posts90 { get; set; } = [];

    public IReadOnlyList<PublicationView> Planned { get; set; } = [];

    public Dictionary<string, ChannelView> Known { get; } = [];

    public List<NewPost> Created { get; } = [];

    public T Get<T>() where T : notnull => App.Get<T>();

    public ChannelView Channel(string network = "sandbox", int maxText = 300)
    {
        var channel = new ChannelView
        {
            Id = Ids.New(),
            Network = network,
            Handle = network,
            DisplayName = network,
            Status = ChannelStatus.Active,
            Limits = new NetworkLimits { MaxText = maxText, Unit = TextUnit.Graphemes },
        };
        return Known[channel.Id] = channel;
    }

    public PublicationView Publication(string channelId, DateTimeOffset at) => new()
    {
        Id = Ids.New(), Version = 1, PostId = Ids.New(), ChannelId = channelId, Network = "sandbox", State = PublicationState.Scheduled,
        Content = new() { Parts = [new("x", [])] }, Due = new(at, "", "Etc/UTC"),
    };

    public PostView Post(string id, params string[] channelIds) =>
        new() { Id = id, Version = 1, State = default, Text = "x", ChannelIds = channelIds, CreatedBy = "", CreatedAt = default, UpdatedAt = default };

    public async Task<IReadOnlyList<RunView>> RunsAsync() => (await Get<ReadRuns>().ListAsync(Caller, new(Limit: 100), default)).Unwrap().Items;

    public static async Task<List<DraftChunk>> AllAsync(IAsyncEnumerable<DraftChunk> chunks)
    {
        var all = new List<DraftChunk>();
        await foreach (var chunk in chunks) { all.Add(chunk); }
        return all;
    }

    public void Dispose() => App.Dispose();

    private static IOrganizations Organizations()
    {
        var organizations = Substitute.For<IOrganizations>();
        organizations.GetAsync(default!, default).ReturnsForAnyArgs(call => new OrganizationView(call.Arg<string>(), "Acme", "Europe/Berlin", "professional", null, false, default));
        return organizations;
    }

    private Result<PostView> Create(NewPost post)
    {
        Created.Add(post);
        return new PostView { Id = Ids.New(), Version = 1, State = default, Text = post.Text, ChannelIds = post.ChannelIds, CreatedBy = "", CreatedAt = default, UpdatedAt = default };
    }
}
