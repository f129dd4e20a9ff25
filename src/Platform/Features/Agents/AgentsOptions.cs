namespace Platform.Features.Agents;

/// <summary>What agents may use. Section <c>Agents</c>.</summary>
public sealed class AgentsOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Agents";

    /// <summary>What one credit is worth, in model tokens (in and out alike).</summary>
    public int TokensPerCredit { get; init; } = 1_000;

    /// <summary>Credits a month by plan (PRODUCT.md, Plans). A plan that is not named gets those of Free.</summary>
    public IReadOnlyDictionary<string, int> CreditsByPlan { get; init; } = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["Free"] = 50,
        ["Starter"] = 500,
        ["Professional"] = 5_000,
        ["Trial"] = 5_000,
        ["Enterprise"] = 25_000,
    };

    /// <summary>How long runs are kept, in days.</summary>
    public int KeepRunsDays { get; init; } = 400;

    /// <summary>A run with no sign of life for so many minutes was cut off by a stop of the app.</summary>
    public int AbandonedAfterMinutes { get; init; } = 15;

    /// <summary>The credits of a plan.</summary>
    public int CreditsOf(string plan) =>
        CreditsByPlan.FirstOrDefault(p => p.Key.Equals(plan, StringComparison.OrdinalIgnoreCase)) is { Key: not null } named ? named.Value : CreditsByPlan.GetValueOrDefault("Free", 50);

    /// <summary>Every mistake, each with its key.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (TokensPerCredit < 1) { yield return "Agents:TokensPerCredit must be at least 1."; }
        if (CreditsByPlan.Any(p => p.Value < 0)) { yield return "Agents:CreditsByPlan must not be negative."; }
        if (KeepRunsDays < 1) { yield return "Agents:KeepRunsDays must be at least 1."; }
        if (AbandonedAfterMinutes < 5) { yield return "Agents:AbandonedAfterMinutes must be at least 5."; }
    }
}
