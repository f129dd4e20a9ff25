namespace Platform.Tests.Architecture;

using Mentions = IReadOnlyDictionary<string, HashSet<string>>;

/// <summary>Who may reference whom. Each rule takes the graph and returns the sentences that break it.</summary>
internal static class Rules
{
    /// <summary>Room → the rooms below it. A room may always use itself and the framework.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>
    {
        ["Primitives"] = [],
        ["Tenancy"] = ["Primitives"],
        ["Telemetry"] = ["Primitives", "Tenancy"],
        ["Coordination"] = ["Primitives"],
        ["Storage"] = ["Primitives", "Tenancy"],
        ["Jobs"] = ["Primitives", "Tenancy", "Storage", "Coordination"],
        ["Networks"] = ["Primitives", "Tenancy"],
        ["Ai"] = ["Primitives", "Tenancy", "Coordination"],
        ["Pictures"] = ["Primitives"],
        ["Api"] = ["Primitives", "Tenancy"],
        ["Ui"] = ["Primitives", "Tenancy"],
        ["Features"] = ["Primitives", "Tenancy", "Storage", "Coordination", "Jobs", "Networks", "Ai", "Pictures", "Api", "Ui"],
    };

    /// <summary>Rooms whose subfolders are interchangeable engines behind the room's port.</summary>
    private static readonly string[] PortRooms = ["Storage", "Coordination", "Networks", "Ai", "Pictures"];

    /// <summary>Subfolders of port rooms that are part of the port.</summary>
    private static readonly string[] PartsOfPorts = ["Networks.Outbound", "Networks.Text", "Ai.Budgets", "Ai.Prompts", "Ai.Tools", "Ai.Pricing"];

    /// <summary>Package or framework namespace → the only places where it may appear. The longest match counts.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> Homes = new Dictionary<string, string[]>
    {
        ["MongoDB."] = ["Storage.Mongo"],
        ["Microsoft.Data.Sqlite"] = ["Storage.Sqlite"],
        ["StackExchange.Redis"] = ["Coordination.Redis"],
        ["OpenAI."] = ["Ai.OpenAi"],
        ["Anthropic."] = ["Ai.Anthropic"],
        ["Quartz."] = ["Jobs"],
        ["Serilog."] = ["Telemetry"],
        ["OpenTelemetry."] = ["Telemetry"],
        ["System.Net.Http.HttpClient"] = ["Networks", "Ai", "Features.Integrations"],
        ["MaxMind."] = ["Features.Accounts.Store"],
        ["System.Net.Mail."] = ["Features.Notifications"],
        ["Microsoft.AspNetCore."] = ["Api", "Ui", "Features.*.Api", "Features.*.Ui"],
        ["Microsoft.AspNetCore.Http."] = ["Api", "Ui", "Telemetry", "Features.*.Api", "Features.*.Ui"],
        ["Microsoft.AspNetCore.Routing."] = ["Api", "Ui", "Telemetry", "Features.*.Api", "Features.*.Ui"],
        ["Microsoft.AspNetCore.Builder."] = ["Api", "Ui", "Telemetry", "Features.*.Api", "Features.*.Ui"],
        ["Microsoft.AspNetCore.Identity."] = ["Features.Accounts", "Features.Demo"],
        ["Microsoft.AspNetCore.DataProtection."] = ["Features.Accounts"],
    };

    public static IEnumerable<string> UnknownRooms(Mentions graph) =>
        from type in graph.Keys
        where type.StartsWith("Platform.", StringComparison.Ordinal) && !IsComposition(type) && !MayUse.ContainsKey(RoomOf(type) ?? "")
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
        where !IsComposition(entry.Key)
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
        where part is "Api" or "Ui" or "Jobs"
        from used in entry.Value
        where RoomOf(used) == "Storage" || PartOf(used) == "Store"
        select $"{entry.Key} may not use {used}: {part} is kept free of it";

    /// <summary>Domain is pure: no store, no clock, no I/O, no framework; values of Primitives, Tenancy, Networks and contracts only, and the record's own base.</summary>
    public static IEnumerable<string> ImpureDomains(Mentions graph) =>
        from entry in graph
        where PartOf(entry.Key) == "Domain"
        from used in entry.Value
        where !IsPure(used)
        select $"{entry.Key} may not use {used}: Domain is pure";

    public static IEnumerable<string> UnknownParts(Mentions graph) =>
        from type in graph.Keys
        let part = PartOf(type)
        where part is not null && part is not ("Contracts" or "Domain" or "Actions" or "Store" or "Api" or "Agents" or "Jobs" or "Ui")
        select $"{type}: a feature has no folder named {part}";

    public static IEnumerable<string> StrayPackages(Mentions graph) =>
        from entry in graph
        where !IsComposition(entry.Key) && entry.Key.StartsWith("Platform.", StringComparison.Ordinal)
        from used in entry.Value
        let home = Homes.Where(h => used.StartsWith(h.Key, StringComparison.Ordinal)).DefaultIfEmpty().MaxBy(h => h.Key?.Length ?? 0)
        where home.Key is not null && !home.Value.Any(place => IsIn(entry.Key, place))
        select $"{entry.Key} may not use {used}: it lives in {string.Join(", ", home.Value)}";

    private static bool IsPure(string used)
    {
        if (used is "Platform.Storage.Document" or "System.TimeProvider") { return used != "System.TimeProvider"; }
        if (used.StartsWith("Platform.", StringComparison.Ordinal))
        {
            return RoomOf(used) is "Primitives" or "Tenancy" || PartOf(used) is "Contracts" or "Domain"
                || (RoomOf(used) == "Networks" && EngineOf(used) is null && !used.Split('.')[^1].StartsWith("ISocial", StringComparison.Ordinal));
        }
        return !used.StartsWith("Microsoft.", StringComparison.Ordinal) && !used.StartsWith("System.Net.Http.", StringComparison.Ordinal)
            && used is not ("System.IO.File" or "System.IO.Directory" or "System.IO.FileStream");
    }

    // Program, its helpers beside it, and *Module types are where rooms are wired together; they may see everything.
    private static bool IsComposition(string type) => type is "Program" || type.EndsWith("Module", StringComparison.Ordinal) || type.Split('.') is ["Platform", _];

    private static string? RoomOf(string type) => type.Split('.') is ["Platform", var room, _, ..] ? room : null;

    private static string? EngineOf(string type) =>
        type.Split('.') is ["Platform", var room, var engine, _, ..] && PortRooms.Contains(room) && !PartsOfPorts.Contains($"{room}.{engine}") ? $"{room}.{engine}" : null;

    private static string? FeatureOf(string type) => type.Split('.') is ["Platform", "Features", var feature, _, ..] ? feature : null;

    private static string? PartOf(string type) => type.Split('.') is ["Platform", "Features", _, var part, _, ..] ? part : null;

    private static bool IsIn(string type, string place)
    {
        var (want, have) = (place.Split('.'), type.Split('.')[1..]);
        return have.Length > want.Length && want.Zip(have).All(pair => pair.First is "*" || pair.First == pair.Second);
    }
}
