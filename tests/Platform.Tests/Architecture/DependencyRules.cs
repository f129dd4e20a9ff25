namespace Platform.Tests.Architecture;

/// <summary>The walls of the design, read from the built assembly. Each rule has a twin that must bite: a rule nothing can break is decoration.</summary>
public sealed class DependencyRules
{
    private static readonly IReadOnlyDictionary<string, HashSet<string>> Built = TypeReferences.In(typeof(Program).Assembly.Location);

    [Fact] public void Every_type_lives_in_a_known_room() => Holds(Rules.UnknownRooms(Built));
    [Fact] public void Rooms_stand_only_on_the_rooms_below_them() => Holds(Rules.BrokenRooms(Built));
    [Fact] public void Engines_are_reached_only_through_their_port() => Holds(Rules.NamedEngines(Built));
    [Fact] public void Features_meet_only_at_their_contracts() => Holds(Rules.BrokenDoors(Built));
    [Fact] public void Features_have_only_the_eight_folders() => Holds(Rules.UnknownParts(Built));
    [Fact] public void Pages_endpoints_and_jobs_never_touch_storage() => Holds(Rules.BrokenInsides(Built));
    [Fact] public void Domains_are_pure() => Holds(Rules.ImpureDomains(Built));
    [Fact] public void Packages_stay_in_their_home_rooms() => Holds(Rules.StrayPackages(Built));

    [Theory]
    [InlineData("Platform.Helpers.StringHelper", "System.String")]
    [InlineData("Platform.Common.Result.Thing", "System.String")]
    public void Known_room_rule_bites(string from, string to) => Assert.Single(Rules.UnknownRooms(Graph(from, to)));

    [Theory]
    [InlineData("Platform.Storage.DocumentQuery", "Platform.Features.Publishing.Domain.Post")]
    [InlineData("Platform.Networks.Bluesky.BlueskyNetwork", "Platform.Storage.IDocumentStore")]
    [InlineData("Platform.Ui.Parts.Bell", "Platform.Storage.IDocumentStore")]
    public void Room_rule_bites(string from, string to) => Assert.Single(Rules.BrokenRooms(Graph(from, to)));

    [Theory]
    [InlineData("Platform.Features.Publishing.Actions.SchedulePost", "Platform.Storage.Sqlite.SqliteStore")]
    [InlineData("Platform.Features.Publishing.Actions.PublishPost", "Platform.Networks.Mastodon.MastodonNetwork")]
    [InlineData("Platform.Networks.Bluesky.BlueskyNetwork", "Platform.Networks.Mastodon.MastodonClient")]
    public void Engine_rule_bites(string from, string to) => Assert.Single(Rules.NamedEngines(Graph(from, to)));

    [Fact] public void Door_rule_bites() => Assert.Single(Rules.BrokenDoors(Graph("Platform.Features.Analytics.Actions.CountPosts", "Platform.Features.Publishing.Domain.Post")));

    [Fact] public void Folder_rule_bites() => Assert.Single(Rules.UnknownParts(Graph("Platform.Features.Publishing.Services.PostService", "System.String")));

    [Theory]
    [InlineData("Platform.Features.Publishing.Ui.CalendarPage", "Platform.Storage.IDocumentStore")]
    [InlineData("Platform.Features.Publishing.Api.PublishingEndpoints", "Platform.Features.Publishing.Store.PostStore")]
    [InlineData("Platform.Features.Publishing.Jobs.PublishDuePosts", "Platform.Storage.IDocumentStore")]
    public void Inside_rule_bites(string from, string to) => Assert.Single(Rules.BrokenInsides(Graph(from, to)));

    [Theory]
    [InlineData("Platform.Jobs.IJobQueue")]
    [InlineData("System.TimeProvider")]
    [InlineData("Platform.Networks.ISocialNetwork")]
    [InlineData("Microsoft.Extensions.Logging.ILogger")]
    [InlineData("System.IO.File")]
    public void Pure_domain_rule_bites(string used) => Assert.Single(Rules.ImpureDomains(Graph("Platform.Features.Publishing.Domain.Post", used)));

    [Theory]
    [InlineData("Platform.Features.Publishing.Actions.SchedulePost", "Microsoft.AspNetCore.Http.HttpContext")]
    [InlineData("Platform.Features.Content.Actions.CreatePost", "System.Net.Http.HttpClient")]
    [InlineData("Platform.Storage.DocumentQuery", "Microsoft.Data.Sqlite.SqliteConnection")]
    public void Package_rule_bites(string from, string to) => Assert.Single(Rules.StrayPackages(Graph(from, to)));

    [Fact]
    public void The_reader_sees_inside_bodies_closures_and_generics()
    {
        var here = TypeReferences.In(typeof(Offender).Assembly.Location)[typeof(Offender).FullName!];
        Assert.Superset(new HashSet<string> { typeof(InAsync).FullName!, typeof(InClosure).FullName!, typeof(InGeneric).FullName!, typeof(InTypeof).FullName! }, here);
    }

    private static void Holds(IEnumerable<string> broken) => string.Join('\n', broken.Order().Take(40)).ShouldBeEmpty();

    private static Dictionary<string, HashSet<string>> Graph(string from, string to) => new() { [from] = [to] };
}

internal sealed class InAsync { public static int Value => 1; }
internal sealed class InClosure;
internal sealed class InGeneric;
internal sealed class InTypeof;

internal sealed class Offender
{
    public List<InGeneric>? Items { get; init; }
    public async Task<int> RunAsync() { await Task.Yield(); return InAsync.Value; }
    public Func<object> Make() => () => new InClosure();
    public Type Kind => typeof(InTypeof);
}
