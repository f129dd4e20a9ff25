using Xunit;

namespace Platform.Tests.Architecture;

public sealed class DependencyRules
{
    private static readonly IReadOnlyDictionary<string, HashSet<string>> Platform = TypeReferences.In(typeof(Program).Assembly.Location);

    [Fact] public void Every_type_lives_in_a_known_room() => Assert.Empty(Rules.UnknownRooms(Platform));
    [Fact] public void Rooms_stand_only_on_the_rooms_below_them() => Assert.Empty(Rules.BrokenRooms(Platform));
    [Fact] public void Engines_are_reached_only_through_their_port() => Assert.Empty(Rules.NamedEngines(Platform));
    [Fact] public void Features_meet_only_at_their_contracts() => Assert.Empty(Rules.BrokenDoors(Platform));
    [Fact] public void Pages_endpoints_and_jobs_never_touch_storage() => Assert.Empty(Rules.BrokenInsides(Platform));
    [Fact] public void Packages_stay_in_their_home_rooms() => Assert.Empty(Rules.StrayPackages(Platform));

    // Each rule has a twin that must bite: a rule nothing can break is decoration.
    [Fact] public void Known_room_rule_bites() => Assert.Single(Rules.UnknownRooms(Graph("Platform.Helpers.StringHelper", "System.String")));

    [Fact] public void Room_rule_bites() => Assert.Single(Rules.BrokenRooms(Graph("Platform.Storage.DocumentQuery", "Platform.Features.Publishing.Domain.Post")));

    [Theory]
    [InlineData("Platform.Features.Publishing.Actions.SchedulePost", "Platform.Storage.Mongo.MongoDocumentStore")]
    [InlineData("Platform.Features.Publishing.Actions.PublishPost", "Platform.Networks.Mastodon.MastodonNetwork")]
    [InlineData("Platform.Networks.Bluesky.BlueskyNetwork", "Platform.Networks.Mastodon.MastodonClient")]
    public void Engine_rule_bites(string from, string to) => Assert.Single(Rules.NamedEngines(Graph(from, to)));

    [Fact] public void Door_rule_bites() => Assert.Single(Rules.BrokenDoors(Graph("Platform.Features.Analytics.Actions.CountPosts", "Platform.Features.Publishing.Domain.Post")));

    [Theory]
    [InlineData("Platform.Features.Publishing.Ui.CalendarPage", "Platform.Storage.IDocumentStore")]
    [InlineData("Platform.Features.Publishing.Api.PublishingEndpoints", "Platform.Features.Publishing.Store.PostStore")]
    [InlineData("Platform.Features.Publishing.Domain.Post", "Platform.Jobs.IJob")]
    public void Inside_rule_bites(string from, string to) => Assert.Single(Rules.BrokenInsides(Graph(from, to)));

    [Fact] public void Package_rule_bites() => Assert.Single(Rules.StrayPackages(Graph("Platform.Features.Publishing.Actions.SchedulePost", "Microsoft.AspNetCore.Http.HttpContext")));

    [Fact]
    public void The_reader_sees_inside_bodies_closures_and_generics()
    {
        var here = TypeReferences.In(typeof(Offender).Assembly.Location)[typeof(Offender).FullName!];
        Assert.Superset(new HashSet<string> { typeof(InAsync).FullName!, typeof(InClosure).FullName!, typeof(InGeneric).FullName!, typeof(InTypeof).FullName! }, here);
    }

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
