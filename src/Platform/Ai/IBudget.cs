using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Ai;

/// <summary>
/// The hard budget of an organization. The most that a call can use is set aside before it is made and put right after it, so that
/// no number of calls at once goes over. Stored by the Agents feature; this room may not store.
/// </summary>
public interface IBudget
{
    /// <summary>Sets aside; 402 <c>ai_budget_exhausted</c> where there is not that much left.</summary>
    Task<Result<BudgetHold>> ReserveAsync(Caller caller, BudgetRequest request, CancellationToken cancellationToken);

    /// <summary>Counts what was used and gives the rest back. Once for a hold; a second time does nothing.</summary>
    Task SettleAsync(Caller caller, BudgetHold hold, ModelUsage usage, CancellationToken cancellationToken);
}

/// <summary>The most that a call can use.</summary>
/// <param name="Tokens">Tokens in and out.</param>
/// <param name="CostMicroUsd">Millionths of a US dollar; null where the price is not known.</param>
/// <param name="Model">The model.</param>
/// <param name="RunId">The run that pays.</param>
public sealed record BudgetRequest(long Tokens, long? CostMicroUsd, string Model, string? RunId);

/// <summary>What was set aside.</summary>
public sealed record BudgetHold(string Id, long Tokens, long? CostMicroUsd);
