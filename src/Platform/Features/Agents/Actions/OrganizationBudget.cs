using System.Globalization;
using Platform.Ai;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>The Ai room's budget: the plan's credits or a lower limit of the organization's own, per calendar month in UTC.</summary>
public sealed class OrganizationBudget(BudgetStore store, IPlanLimits plans, AgentsOptions options, TimeProvider time) : IBudget
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public async Task<Result<BudgetHold>> ReserveAsync(Caller caller, BudgetRequest request, CancellationToken cancellationToken)
    {
        if (caller.Organization is null) { return Problem.Forbidden("Agents work for an organization. Choose one first."); }
        var view = await ReadAsync(caller, cancellationToken);
        if (view.CostLimitMicroUsd is not null && request.CostMicroUsd is null) { return PriceUnknown(request.Model); }
        var hold = new AiHold
        {
            OrganizationId = caller.OrganizationId,
            Period = view.Period,
            Tokens = request.Tokens,
            CostMicroUsd = request.CostMicroUsd,
            RunId = request.RunId,
            ExpiresAt = time.GetUtcNow() + LongestCall,
        };
        return await store.TryHoldAsync(caller, hold, view.TokensLimit, view.CostLimitMicroUsd, cancellationToken)
            ? new BudgetHold(hold.Id, hold.Tokens, hold.CostMicroUsd)
            : Exhausted(await ReadAsync(caller, cancellationToken));
    }

    /// <inheritdoc />
    public Task SettleAsync(Caller caller, BudgetHold hold, ModelUsage usage, CancellationToken cancellationToken) => store.SettleAsync(caller, hold.Id, usage, cancellationToken);

    /// <summary>The budget as it stands.</summary>
    public async Task<BudgetView> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var period = now.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        long plan = (await plans.OfAsync(caller.OrganizationId, cancellationToken)).AiCreditsPerMonth;
        var limits = await store.LimitsAsync(caller, cancellationToken);
        var account = await store.AccountAsync(caller, period, cancellationToken);
        return new()
        {
            Period = period,
            ResetsAt = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1),
            TokensPerCredit = options.TokensPerCredit,
            PlanCredits = plan,
            OwnCreditsLimit = limits?.Credits,
            TokensLimit = Math.Min(plan, limits?.Credits ?? plan) * options.TokensPerCredit,
            TokensUsed = account?.UsedTokens ?? 0,
            TokensReserved = (account?.CommittedTokens ?? 0) - (account?.UsedTokens ?? 0),
            CostLimitMicroUsd = limits?.CostMicroUsd,
            CostMicroUsd = account?.UsedMicroUsd ?? 0,
            TokensOfUnknownPrice = account?.UnpricedTokens ?? 0,
        };
    }

    private Problem Exhausted(BudgetView view) => new(ProblemKind.LimitReached, "ai_budget_exhausted", string.Create(CultureInfo.InvariantCulture,
        $"This needs more than what is left of this month's AI budget ({view.CreditsUsed} of {view.CreditsLimit} credits are used). The next month's begins on {view.ResetsAt:d MMMM yyyy} (UTC); an owner or admin can raise the limit or the plan before that."))
    { RetryAfter = view.ResetsAt - time.GetUtcNow() };

    private static Problem PriceUnknown(string model) => new(ProblemKind.LimitReached, "ai_price_unknown",
        $"Your organization has a limit in money, and the price of {model} is not known, so the limit could not be kept. Ask the operator to add the price (Ai:Prices), or remove the limit in money.");
}
