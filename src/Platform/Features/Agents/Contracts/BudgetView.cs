namespace Platform.Features.Agents.Contracts;

/// <summary>What an organization's agents may use in a calendar month (UTC), and have used.</summary>
public sealed record BudgetView
{
    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>When the next month's budget begins.</summary>
    public required DateTimeOffset ResetsAt { get; init; }

    /// <summary>Tokens of one credit.</summary>
    public required int TokensPerCredit { get; init; }

    /// <summary>Credits of the plan.</summary>
    public required long PlanCredits { get; init; }

    /// <summary>A lower limit of the organization's own, in credits; null for none.</summary>
    public long? OwnCreditsLimit { get; init; }

    /// <summary>The limit in force, in tokens.</summary>
    public required long TokensLimit { get; init; }

    /// <summary>Tokens used.</summary>
    public long TokensUsed { get; init; }

    /// <summary>Tokens set aside for calls under way.</summary>
    public long TokensReserved { get; init; }

    /// <summary>The organization's limit in money, in millionths of a US dollar; null for none.</summary>
    public long? CostLimitMicroUsd { get; init; }

    /// <summary>Money used, in millionths of a US dollar, as far as prices are known.</summary>
    public long CostMicroUsd { get; init; }

    /// <summary>Tokens of models whose price is not known; their cost is missing in <see cref="CostMicroUsd"/>.</summary>
    public long TokensOfUnknownPrice { get; init; }

    /// <summary>The credits used.</summary>
    public decimal CreditsUsed => decimal.Round((decimal)TokensUsed / TokensPerCredit, 1);

    /// <summary>The limit in force, in credits.</summary>
    public long CreditsLimit => TokensLimit / TokensPerCredit;
}
