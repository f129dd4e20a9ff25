namespace Platform.Features.Agents;

/// <summary>What agents may use. Section <c>Agents</c>.</summary>
public sealed class AgentsOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Agents";

    /// <summary>What one credit is worth, in model tokens (in and out alike).</summary>
    public int TokensPerCredit { get; init; } = 1_000;

    /// <summary>How long runs are kept, in days.</summary>
    public int KeepRunsDays { get; init; } = 400;

    /// <summary>A run with no sign of life for so many minutes was cut off by a stop of the app.</summary>
    public int AbandonedAfterMinutes { get; init; } = 15;

    /// <summary>Every mistake, each with its key.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (TokensPerCredit < 1) { yield return "Agents:TokensPerCredit must be at least 1."; }
        if (KeepRunsDays < 1) { yield return "Agents:KeepRunsDays must be at least 1."; }
        if (AbandonedAfterMinutes < 5) { yield return "Agents:AbandonedAfterMinutes must be at least 5."; }
    }
}
