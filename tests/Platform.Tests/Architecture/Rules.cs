namespace Platform.Tests.Architecture;

using Mentions = IReadOnlyDictionary<string, HashSet<string>>;

/// <summary>Who may reference whom. Each rule takes the graph and returns the sentences that break it.</summary>
internal static class Rules
{
    /// <summary>Room → the rooms below it. A room may always use itself and the BCL.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>
    {
        ["Primitives"] = [],
        ["Tenancy"] = ["Primitives"],
        ["Coordination"] = ["Primitives"],
        ["Storage"] = ["Primitives", "Tenancy"],
        ["Jobs"] = ["Primitives", "Tenancy", "Storage", "Coordination"],
        ["Networks"] = ["Primitives", "Tenancy"],
        ["Ai"] = ["Primitives", "Tenancy", "Coordination"],
        ["Api"] = ["Primitives", "Tenancy"],
        ["Ui"] = ["Primitives", "Tenancy"],
        ["Features"] = ["Primitives", "Tenancy", "Storage", "Coordination", "Jobs", "Networks", "Ai", "Api", "Ui"],
    };

    /// <summary>Rooms whose subfolders are interchangeable engines behind the room's port.</summary>
    private static readonly string[] PortRooms = ["Storage", "Coordination", "Networks", "Ai"];

    /// <summary>Package namespace → the only places where it may appear.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> Homes = new Dictionary<string, string[]>
    {
        ["MongoDB."] = ["Storage.Mongo"],
        ["Microsoft.Data.Sqlite"] = ["Storage.Sqlite"],
        ["StackExchange.Redis"] = ["Coordination.Redis"],
        ["System.Net.Http.HttpClient"] = ["Networks", "Ai", "Features.Integrations"],
        ["Microsoft.AspNetCore."] = ["Api", "Ui", "Features.*.Api", "Features.*.Ui"],
    };

    public static IEnumerable<string> UnknownRooms(Mentions graph) =>
        from type in graph.Keys
        where type.StartsWith("Platform.", StringComparison.Ordinal) && !MayUse.ContainsKey(RoomOf(type) ?? "")
        select $"{type} lives in no known room";

    public static IEnumerable<string> BrokenRooms(Mentions graph) =>
        from entry in graph
        where !IsComposition(entry.Key)
        let room = RoomOf(entry.Key)
        where room is not null
        from used in entry.Value
        let target = RoomOf(used)
        where target is not null && target != room && !MayUse.GetValueOrDefault(room, []).Contains(target)
        select $"{entry.Key} may not use {used}: {room} does not stand on {target}";

    public static IEnumerable<string> NamedEngines(Mentions graph) =>
        from entry in graph
        where !IsComposition(entry.Key)
        from used in entry.Value
        let engine = EngineOf(used)
        where engine is not null && engine != EngineOf(entry.Key)
        select $"{entry.Key} may not name {used}: ask the port instead";

    public static IEnumerable<string> BrokenDoors(Mentions graph) =>
        from entry in graph
        let feature = FeatureOf(entry.Key)
        where feature is not null
        from used in entry.Value
        let other = FeatureOf(used)
        where other is not null && other != feature && PartOf(used) != "Contracts"
        select $"{entry.Key} may not use {used}: enter {other} through its Contracts";

    public static IEnumerable<string> BrokenInsides(Mentions graph) =>
        from entry in graph
        where !IsComposition(entry.Key)
        let part = PartOf(entry.Key)
        where part is "Domain" or "Api" or "Ui" or "Jobs"
        from used in entry.Value
        where part == "Domain" ? RoomOf(used) is not (null or "Primitives" or "Features") : RoomOf(used) == "Storage" || PartOf(used) == "Store"
        select $"{entry.Key} may not use {used}: {part} is kept free of it";

    public static IEnumerable<string> StrayPackages(Mentions graph) =>
        from entry in graph
        where !IsComposition(entry.Key) && entry.Key.StartsWith("Platform.", StringComparison.Ordinal)
        from used in entry.Value
        from home in Homes
        where used.StartsWith(home.Key, StringComparison.Ordinal) && !home.Value.Any(place => IsIn(entry.Key, place))
        select $"{entry.Key} may not use {used}: it lives in {string.Join(", ", home.Value)}";

    // Program and *Module types are where rooms are wired together; they may see everything.
    private static bool IsComposition(string type) => type is "Program" || type.EndsWith("Module", StringComparison.Ordinal);

    private static string? RoomOf(string type) => type.Split('.') is ["Platform", var room, _, ..] ? room : null;

    private static string? EngineOf(string type) => type.Split('.') is ["Platform", var room, var engine, _, ..] && PortRooms.Contains(room) ? $"{room}.{engine}" : null;

    private static string? FeatureOf(string type) => type.Split('.') is ["Platform", "Features", var feature, _, ..] ? feature : null;

    private static string? PartOf(string type) => type.Split('.') is ["Platform", "Features", _, var part, _, ..] ? part : null;

    private static bool IsIn(string type, string place)
    {
        var (want, have) = (place.Split('.'), type.Split('.')[1..]);
        return have.Length > want.Length && want.Zip(have).All(pair => pair.First is "*" || pair.First == pair.Second);
    }
}
