using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Api;

/// <summary>
/// Counts every request of a route: by the route's own <see cref="RateLimit"/>, and besides by address, API key and organization. Answers 429 beyond any of
/// them, and tells callers where they stand with the route's own. Off where <c>RateLimits:Enabled</c> is false.
/// </summary>
public sealed class RateLimiting(RequestDelegate next, CountRequest count, OrganizationQuota quota, IOptions<RateLimitOptions> options, ILogger<RateLimiting> logger)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Runs for each request, after its caller is known and before it is authorized.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!options.Value.Enabled || LimitOf(context) is not { } limit || await TakeAsync(context, limit) is not { } problem) { await next(context); return; }
        await Problems.WriteAsync(context, problem);
    }

    // Files of the app itself, circuits (which have limits of their own) and probes are not counted.
    private static RateLimit? LimitOf(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint route) { return null; }
        if (route.Metadata.GetMetadata<RateLimit>() is { } limit) { return limit; }
        // Forms that strangers may post (sign-in, sign-up, reset) are pages and carry no limit of their own.
        if (HttpMethods.IsPost(context.Request.Method) && route.Metadata.GetMetadata<IAllowAnonymous>() is not null) { return RateLimit.Authentication; }
        var path = context.Request.Path;
        return path.StartsWithSegments("/health") || path.StartsWithSegments("/_blazor") || path.StartsWithSegments("/_framework") || Path.HasExtension(path.Value) ? null : RateLimit.Rest;
    }

    private async Task<Problem?> TakeAsync(HttpContext context, RateLimit limit)
    {
        var caller = context.GetCaller();
        try
        {
            var own = await CountAsync($"{limit.Name}:{KeyOf(caller, limit)}", limit.Requests, limit.Window, context.RequestAborted);
            Tell(context.Response.Headers, limit, own);
            if (own.Exceeded) { return TooMany(own.Left, "You sent"); }
            foreach (var (key, most, who) in await OthersAsync(caller, limit, context.RequestAborted))
            {
                var other = await CountAsync(key, most, Minute, context.RequestAborted);
                if (other.Exceeded) { return TooMany(other.Left, who); }
            }
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Coordination is a hint: with it down, requests go on unlimited rather than fail.
            logger.LogWarning(e, "Rate limits are not counted: the counters failed");
            return null;
        }
    }

    private async Task<List<(string Key, int Most, string Who)>> OthersAsync(Caller caller, RateLimit limit, CancellationToken cancellationToken)
    {
        var others = new List<(string, int, string)> { ($"all:address:{Addresses.CountedAs(caller.Address)}", options.Value.PerAddress, "Your address sent") };
        if (caller.UserId is { } user && !limit.CountsUsers) { others.Add(($"{RateLimit.Standard.Name}:user:{user}", RateLimit.Standard.Requests, "You sent")); }
        if (caller.ApiKeyId is { } key) { others.Add(($"all:key:{key}", options.Value.PerKey, "This API key sent")); }
        if (caller.Organization is { } organization) { others.Add(($"all:organization:{organization.Value}", await quota(organization.Value, cancellationToken), "Your organization sent")); }
        return others;
    }

    private async ValueTask<Standing> CountAsync(string key, int most, TimeSpan window, CancellationToken cancellationToken)
    {
        var (value, left) = await count($"rate:{key}", window, cancellationToken);
        return new Standing(value, most, left);
    }

    private static void Tell(IHeaderDictionary headers, RateLimit limit, Standing standing)
    {
        headers["RateLimit-Limit"] = limit.Requests.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = Math.Max(0, limit.Requests - standing.Value).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = Seconds(standing.Left).ToString(CultureInfo.InvariantCulture);
    }

    private static Problem TooMany(TimeSpan left, string who) =>
        new(ProblemKind.TooManyRequests, "too_many_requests", $"{who} too many requests. Try again in {Seconds(left)} seconds.") { RetryAfter = TimeSpan.FromSeconds(Seconds(left)) };

    private static string KeyOf(Caller caller, RateLimit limit) => (caller, limit.CountsUsers) switch
    {
        ({ ApiKeyId: { } key }, true) => $"key:{key}",
        ({ UserId: { } user }, true) => $"user:{user}",
        _ => $"address:{Addresses.CountedAs(caller.Address)}",
    };

    private static long Seconds(TimeSpan left) => Math.Max(1, (long)Math.Ceiling(left.TotalSeconds));

    private readonly record struct Standing(long Value, int Most, TimeSpan Left)
    {
        public bool Exceeded => Value > Most;
    }
}
