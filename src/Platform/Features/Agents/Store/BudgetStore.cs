using Platform.Ai;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Agents.Store;

/// <summary>Accounts, holds and limits. Every change of an account is one atomic step, so that no number of calls at once goes over a limit.</summary>
public sealed class BudgetStore(IDocumentStore store)
{
    /// <summary>The accounts.</summary>
    public static readonly Collection<AiAccount> Accounts = new Collection<AiAccount>("ai_accounts")
        .Unique("period", Sort<AiAccount>.By(a => a.Period));

    /// <summary>The holds.</summary>
    public static readonly Collection<AiHold> Holds = new Collection<AiHold>("ai_holds").Index("expires", Sort<AiHold>.By(h => h.ExpiresAt), acrossOrganizations: true);

    /// <summary>The limits.</summary>
    public static readonly Collection<AiLimits> Limits = new Collection<AiLimits>("ai_limits").Unique("organization", Sort<AiLimits>.By(l => l.OrganizationId));

    /// <summary>The month's account; null where nothing was used yet.</summary>
    public Task<AiAccount?> AccountAsync(Caller caller, string period, CancellationToken cancellationToken) =>
        store.For<AiAccount>(caller).FirstAsync(a => a.Period == period, null, cancellationToken);

    /// <summary>The organization's own limits; null where it has none.</summary>
    public Task<AiLimits?> LimitsAsync(Caller caller, CancellationToken cancellationToken) =>
        store.For<AiLimits>(caller).FirstAsync(l => true, null, cancellationToken);

    /// <summary>Stores the organization's own limits.</summary>
    public async Task SaveLimitsAsync(Caller caller, long? credits, long? costMicroUsd, CancellationToken cancellationToken)
    {
        var update = new Update<AiLimits>().Set(l => l.Credits, credits).Set(l => l.CostMicroUsd, costMicroUsd);
        if (await store.For<AiLimits>(caller).UpdateOneAsync(l => true, update, null, cancellationToken) is not null) { return; }
        try
        {
            await store.For<AiLimits>(caller).InsertAsync(new() { OrganizationId = caller.OrganizationId, Credits = credits, CostMicroUsd = costMicroUsd }, cancellationToken);
        }
        catch (DuplicateKeyException)
        {
            await store.For<AiLimits>(caller).UpdateOneAsync(l => true, update, null, cancellationToken);
        }
    }

    /// <summary>Takes the hold from the account, both or neither; false where less than that is left.</summary>
    public async Task<bool> TryHoldAsync(Caller caller, AiHold hold, long tokensLimit, long? costLimit, CancellationToken cancellationToken)
    {
        await EnsureAccountAsync(caller, hold.Period, cancellationToken);
        var (period, tokens, cost) = (hold.Period, tokensLimit - hold.Tokens, (costLimit ?? long.MaxValue) - (hold.CostMicroUsd ?? 0));
        var update = new Update<AiAccount>().Increment(a => a.CommittedTokens, hold.Tokens).Increment(a => a.CommittedMicroUsd, hold.CostMicroUsd ?? 0);
        return await store.CommitAsync(new WriteBatch()
            .Update<AiAccount>(caller, a => a.Period == period && a.CommittedTokens <= tokens && a.CommittedMicroUsd <= cost, update)
            .Insert(caller, hold), cancellationToken);
    }

    /// <summary>Puts what was used in the place of what was held. A hold that is gone was settled before: nothing happens.</summary>
    public async Task SettleAsync(Caller caller, string holdId, ModelUsage used, CancellationToken cancellationToken)
    {
        if (await store.For<AiHold>(caller).GetAsync(holdId, cancellationToken) is not { } hold) { return; }
        var (tokens, cost, period) = (used.InputTokens + used.OutputTokens, used.CostMicroUsd ?? 0, hold.Period);
        var update = new Update<AiAccount>()
            .Increment(a => a.CommittedTokens, tokens - hold.Tokens).Increment(a => a.CommittedMicroUsd, cost - (hold.CostMicroUsd ?? 0))
            .Increment(a => a.UsedTokens, tokens).Increment(a => a.UsedMicroUsd, cost)
            .Increment(a => a.UnpricedTokens, used.CostMicroUsd is null ? tokens : 0);
        await store.CommitAsync(new WriteBatch().Delete<AiHold>(caller, holdId).Update<AiAccount>(caller, a => a.Period == period, update), cancellationToken);
    }

    /// <summary>Holds whose time is over, of all organizations.</summary>
    public async Task<IReadOnlyList<AiHold>> ExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        (await store.ForPlatform<AiHold>(Caller.Platform).FindAsync(new() { Filter = h => h.ExpiresAt < now, Sort = Sort<AiHold>.By(h => h.ExpiresAt), Limit = 200 }, cancellationToken)).Items;

    private async Task EnsureAccountAsync(Caller caller, string period, CancellationToken cancellationToken)
    {
        if (await AccountAsync(caller, period, cancellationToken) is not null) { return; }
        try
        {
            await store.For<AiAccount>(caller).InsertAsync(new() { OrganizationId = caller.OrganizationId, Period = period }, cancellationToken);
        }
        catch (DuplicateKeyException)
        {
            // Another call made it at the same moment.
        }
    }
}
