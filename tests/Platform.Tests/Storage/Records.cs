using System.Text.Json;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.Storage;

public enum Colour { Red, Green, Blue }

public sealed record Place(string Name, string? Zone);

public sealed record Part(string Text, int Weight, IReadOnlyList<string> Tags);

/// <summary>A record with everything that records have.</summary>
public sealed record Thing : Document, IOrganizationOwned
{
    public required string OrganizationId { get; init; }
    public string Name { get; init; } = "";
    public string? Note { get; init; }
    public int Number { get; init; }
    public long Total { get; init; }
    public int? Rank { get; init; }
    public double Score { get; init; }
    public decimal Price { get; init; }
    public bool Done { get; init; }
    public bool? Sure { get; init; }
    public Colour Colour { get; init; }
    public Colour? Shade { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public Place? Place { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<int> Numbers { get; init; } = [];
    public IReadOnlyList<Colour> Colours { get; init; } = [];
    public IReadOnlyList<Part> Parts { get; init; } = [];
    public IReadOnlyDictionary<string, Part> ByName { get; init; } = new Dictionary<string, Part>();
    public TimeSpan Length { get; init; }
    public string? Slug { get; init; }
    public string? Left { get; init; }
    public string? Right { get; init; }
    public string? GlobalKey { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public string Computed => Name + Number;
}

/// <summary>A record of the platform's own.</summary>
public sealed record Setting : Document, IPlatformOwned
{
    public required string Key { get; init; }
    public int Value { get; init; }
}

public static class Records
{
    public static readonly Collection<Thing> Things = new Collection<Thing>("test_things")
        .Index("by_colour_due", Sort<Thing>.By(t => t.Colour).ThenBy(t => t.DueAt))
        .Index("by_at", Sort<Thing>.ByDescending(t => t.At))
        .Index("open", Sort<Thing>.By(t => t.DueAt), where: t => t.Colour == Colour.Red && !t.Done, acrossOrganizations: true)
        .Index("by_name", Sort<Thing>.By(t => t.Name))
        .Unique("slug", Sort<Thing>.By(t => t.Slug))
        .Unique("pair", Sort<Thing>.By(t => t.Left).ThenBy(t => t.Right))
        .Unique("global", Sort<Thing>.By(t => t.GlobalKey), acrossOrganizations: true)
        .Unique("one_blue_rank", Sort<Thing>.By(t => t.Rank), where: t => t.Colour == Colour.Blue)
        .Expire("expiry", t => t.ExpiresAt, TimeSpan.Zero);

    public static readonly Collection<Setting> Settings = new Collection<Setting>("test_settings").Unique("key", Sort<Setting>.By(s => s.Key));

    public static readonly ICollection[] All = [Things, Settings];

    /// <summary>Equal in all members, whatever kind of list holds them.</summary>
    public static void ShouldMatch(this Thing? actual, Thing? expected) => Text(actual).ShouldBe(Text(expected));

    private static string Text(Thing? thing) => JsonSerializer.Serialize(thing is null ? null : thing with { At = thing.At.ToUniversalTime(), DueAt = thing.DueAt?.ToUniversalTime() });
}
