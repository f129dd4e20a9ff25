using System.Text.Json.Serialization;

namespace Platform.Features.Organizations.Contracts;

/// <summary>What an organization does and for whom. Empty texts: not said.</summary>
public sealed record BusinessProfile
{
    /// <summary>Its trade.</summary>
    public string Industry { get; init; } = "";

    /// <summary>How many people: 1, 2-10, 11-50, 51-200, 201-1000, 1000+; empty: not said.</summary>
    public string Size { get; init; } = "";

    /// <summary>Its website (http or https).</summary>
    public string Website { get; init; } = "";

    /// <summary>In a few sentences.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whom it wants to reach.</summary>
    public string Audience { get; init; } = "";

    /// <summary>What it wants of social media.</summary>
    public IReadOnlyList<string> Goals { get; init; } = [];
}

/// <summary>What links in new posts are tagged with. Each may hold <c>{network}</c>, <c>{channel}</c> and <c>{date}</c>. Empty: left out.</summary>
public sealed record UtmDefaults
{
    /// <summary>utm_source.</summary>
    public string Source { get; init; } = "";

    /// <summary>utm_medium.</summary>
    public string Medium { get; init; } = "";

    /// <summary>utm_campaign.</summary>
    public string Campaign { get; init; } = "";

    /// <summary>Whether nothing is tagged.</summary>
    [JsonIgnore]
    public bool IsEmpty => Source.Length + Medium.Length + Campaign.Length == 0;
}
