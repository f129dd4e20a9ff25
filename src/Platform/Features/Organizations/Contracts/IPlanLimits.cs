namespace Platform.Features.Organizations.Contracts;

/// <summary>What a plan allows. Null: unlimited.</summary>
/// <param name="Plan">free, starter, professional, enterprise.</param>
/// <param name="Members">People.</param>
/// <param name="Channels">Connected social accounts.</param>
/// <param name="PostsPerMonth">Posts that were scheduled or published, per calendar month (UTC).</param>
/// <param name="AiCreditsPerMonth">Credits for agents, per calendar month.</param>
/// <param name="StorageBytes">Media kept.</param>
/// <param name="AnalyticsDays">How long numbers are kept.</param>
public sealed record PlanLimits(string Plan, int? Members, int? Channels, int? PostsPerMonth, int AiCreditsPerMonth, long StorageBytes, int AnalyticsDays)
{
    /// <summary>Stages that an approval policy may have.</summary>
    public int ApprovalStages { get; init; }
}

/// <summary>The door to what an organization's plan allows.</summary>
public interface IPlanLimits
{
    /// <summary>The limits in force now: of the trial's plan while it runs, then of the plan itself.</summary>
    Task<PlanLimits> OfAsync(string organizationId, CancellationToken cancellationToken);
}

/// <summary>Says that a plan's limit is reached, so that everyone words it alike (402 on the wire).</summary>
public static class PlanProblems
{
    /// <summary>The problem.</summary>
    /// <param name="limits">The limits in force.</param>
    /// <param name="what">What is counted, such as <c>channels</c> or <c>posts a month</c>.</param>
    /// <param name="limit">How many are allowed.</param>
    /// <param name="used">How many there are.</param>
    public static Primitives.Problem Reached(PlanLimits limits, string what, long limit, long used) =>
        new(Primitives.ProblemKind.LimitReached, "limit_reached", $"Your plan ({limits.Plan}) allows {limit} {what} and {used} are in use. Remove some or choose a larger plan.")
        {
            Fields = new Dictionary<string, string[]> { [what] = [$"{used} of {limit}"] },
        };
}
