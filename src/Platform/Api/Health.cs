namespace Platform.Api;

/// <summary>Something that must work before this copy takes requests.</summary>
/// <param name="Name">What it is.</param>
/// <param name="IsWorkingAsync">Tries it for real.</param>
/// <param name="Needed">Whether a copy without it must take no requests; what is not needed shows as degraded and leaves the copy ready.</param>
public sealed record ReadinessCheck(string Name, Func<CancellationToken, Task<bool>> IsWorkingAsync, bool Needed = true);

/// <summary>The answer of a copy that runs.</summary>
internal sealed record Liveness(string Status);

/// <summary>For load balancers and containers: alive, and ready. Says nothing that a stranger should not know; the reasons are in the log.</summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").AllowAnonymous().ExcludeFromDescription();
        group.MapGet("/live", () => TypedResults.Ok(new Liveness("live")));
        group.MapGet("/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(IEnumerable<ReadinessCheck> checks, ILoggerFactory logs, CancellationToken token)
    {
        var results = await Task.WhenAll(checks.Select(async check => (check.Name, check.Needed, Working: await TryAsync(check, logs, token))));
        var ready = results.All(r => r.Working || !r.Needed);
        var body = new { status = ready ? "ready" : "not ready", checks = results.ToDictionary(r => r.Name, r => r.Working ? "working" : r.Needed ? "failing" : "degraded") };
        return TypedResults.Json(body, statusCode: ready ? 200 : 503);
    }

    private static async Task<bool> TryAsync(ReadinessCheck check, ILoggerFactory logs, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        try { return await check.IsWorkingAsync(limit.Token).WaitAsync(Patience, token); }
        catch (Exception e) when (!token.IsCancellationRequested)
        {
            logs.CreateLogger(typeof(Health)).LogError(e, "Not ready: {Check}", check.Name);
            return false;
        }
    }
}
