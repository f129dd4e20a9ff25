using Platform.Features.Organizations.Contracts;

namespace Platform.Features.Organizations.Domain;

/// <summary>The plans as they are sold.</summary>
public static class Plans
{
    private const long Gigabyte = 1L << 30;

    /// <summary>What an organization falls back to when its trial ends.</summary>
    public const string Free = "free";

    /// <summary>What a trial gives.</summary>
    public const string TrialOf = "professional";

    /// <summary>How long a trial runs.</summary>
    public static readonly TimeSpan TrialLength = TimeSpan.FromDays(14);

    /// <summary>All of them, smallest first.</summary>
    public static readonly IReadOnlyList<PlanLimits> All =
    [
        new(Free, Members: 1, Channels: 3, PostsPerMonth: 30, AiCreditsPerMonth: 50, StorageBytes: Gigabyte, AnalyticsDays: 30),
        new("starter", Members: 3, Channels: 10, PostsPerMonth: 300, AiCreditsPerMonth: 500, StorageBytes: 10 * Gigabyte, AnalyticsDays: 365) { ApprovalStages = 1 },
        new(TrialOf, Members: 10, Channels: 30, PostsPerMonth: 3000, AiCreditsPerMonth: 5000, StorageBytes: 100 * Gigabyte, AnalyticsDays: 3 * 365) { ApprovalStages = 2 },
        new("enterprise", Members: null, Channels: 150, PostsPerMonth: null, AiCreditsPerMonth: 25000, StorageBytes: 1024 * Gigabyte, AnalyticsDays: 7 * 365) { ApprovalStages = 3 },
    ];

    /// <summary>The plan in force: the trial's while it runs.</summary>
    public static string InForce(string plan, DateTimeOffset? trialEndsAt, DateTimeOffset now) => plan == Free && trialEndsAt > now ? TrialOf : plan;

    /// <summary>The limits of a plan; throws for a name that is none.</summary>
    public static PlanLimits Of(string plan) => All.FirstOrDefault(p => p.Plan == plan) ?? throw new ArgumentException($"there is no plan {plan}", nameof(plan));
}
