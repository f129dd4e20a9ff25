using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Ai;

/// <summary>Chooses the provider by the settings and makes calls: budget, patience, errors.</summary>
public sealed class Models : IModels
{
    private readonly IReadOnlyList<IModelProvider> _providers;
    private readonly IModelProvider _active;
    private readonly PriceList _prices;
    private readonly IBudget _budget;
    private readonly AiOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Models> _log;

    /// <summary>Providers come in the order in which <c>Auto</c> prefers them; the last needs nothing.</summary>
    public Models(IEnumerable<IModelProvider> providers, AiOptions options, IBudget budget, TimeProvider time, ILogger<Models> log)
    {
        _providers = [.. providers];
        (_options, _budget, _time, _log) = (options, budget, time, log);
        _prices = new PriceList(options.Prices);
        _active = options.Provider.Equals("Auto", StringComparison.OrdinalIgnoreCase)
            ? _providers.First(p => p.Status.Missing is null)
            : _providers.First(p => p.Status.Provider.Equals(options.Provider, StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc />
    public ModelStatus Active => _active.Status;

    /// <inheritdoc />
    public IReadOnlyList<ModelStatus> All => [.. _providers.Select(p => p.Status)];

    /// <inheritdoc />
    public async Task<Result<ModelAnswer>> AskAsync(Caller caller, ModelRequest request, CancellationToken cancellationToken)
    {
        ModelChunk? last = null;
        await foreach (var chunk in StreamAsync(caller, request, cancellationToken)) { last = chunk; }
        if (last is { Problem: { } problem }) { return problem; }
        cancellationToken.ThrowIfCancellationRequested();
        return last?.Answer ?? throw new InvalidOperationException("a stream ended without an answer");
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ModelChunk> StreamAsync(Caller caller, ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var status = _active.Status;
        if (status.Missing is { } missing) { yield return Failed(new(ProblemKind.UpstreamFailed, "ai_not_configured", $"{status.Provider} cannot be used: {missing}")); yield break; }
        var held = await HoldAsync(caller, request, cancellationToken);
        if (!held.Ok) { yield return Failed(held.Problem); yield break; }

        await using var call = new ModelCall(_active.Client, request, TimeSpan.FromSeconds(_options.TimeoutSeconds), _time, cancellationToken);
        try
        {
            while (await call.NextAsync() is { } text) { yield return new(text); }
        }
        finally
        {
            // Also where the reader walked away: what was used is counted, whatever happens.
            if (held.Value.Hold is { } hold) { await _budget.SettleAsync(caller, hold, Usage(call, request), CancellationToken.None); }
        }
        yield return End(call, request);
    }

    private async Task<Result<Held>> HoldAsync(Caller caller, ModelRequest request, CancellationToken cancellationToken)
    {
        if (_active.Status.Offline) { return new Held(null); }
        var input = TokenEstimate.AtMost(request.Messages, request.Tools);
        var cost = _prices.Find(_active.Status.Model)?.CostOf(input, request.MaxOutputTokens);
        var hold = await _budget.ReserveAsync(caller, new(input + request.MaxOutputTokens, cost, _active.Status.Model, request.RunId), cancellationToken);
        return hold.Map(h => new Held(h));
    }

    private ModelChunk End(ModelCall call, ModelRequest request)
    {
        if (call.Failure is { } failure)
        {
            _log.LogWarning(failure, "{Provider} {Model} failed: {Failure}", _active.Status.Provider, _active.Status.Model, failure.Failure);
            return Failed(failure.ToProblem(_active.Status.Provider));
        }
        return new("", new(call.Text, call.Finish, Usage(call, request), _active.Status) { ToolCalls = call.ToolCalls });
    }

    private ModelUsage Usage(ModelCall call, ModelRequest request)
    {
        if (_active.Status.Offline || (call.Failure is not null && call.Text.Length == 0 && call.Usage is null)) { return ModelUsage.None; }
        var input = call.Usage?.InputTokenCount ?? TokenEstimate.Of(request.Messages);
        var output = call.Usage?.OutputTokenCount ?? TokenEstimate.Of(call.Text);
        // A mock or a broken server may report zero for what was plainly used.
        var estimated = call.Usage is null || (input == 0 && output == 0);
        if (estimated) { (input, output) = (TokenEstimate.Of(request.Messages), TokenEstimate.Of(call.Text)); }
        return new(input, output, _prices.Find(_active.Status.Model)?.CostOf(input, output), estimated);
    }

    private static ModelChunk Failed(Problem problem) => new("", null, problem);

    private sealed record Held(BudgetHold? Hold);
}
