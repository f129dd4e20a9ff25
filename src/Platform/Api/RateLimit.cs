using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Api;

/// <summary>How many requests a route's callers may make in a window: by signed-in user, by API key where one came with the request, or by address where nobody is signed in.</summary>
/// <param name="Name">Routes of one name share a count.</param>
/// <param name="Requests">How many.</param>
/// <param name="Window">In what time.</param>
public sealed record RateLimit(string Name, int Requests, TimeSpan Window)
{
    /// <summary>Ordinary routes: 1,000 a minute.</summary>
    public static readonly RateLimit Standard = new("standard", 1000, TimeSpan.FromMinutes(1));

    /// <summary>Signing in, registering, refreshing: 60 a minute. Guessing one account's password is stopped earlier, by its lockout.</summary>
    public static readonly RateLimit Authentication = new("auth", 60, TimeSpan.FromMinutes(1));

    /// <summary>Routes that send mail to an address that the caller names: 20 an hour.</summary>
    public static readonly RateLimit Mailing = new("mail", 20, TimeSpan.FromHours(1));

    /// <summary>Public pages and files: 300 a minute.</summary>
    public static readonly RateLimit Public = new("public", 300, TimeSpan.FromMinutes(1));
}

/// <summary>Counts a request and says what the count is and when it ends; wired to the Coordination room's counters.</summary>
public delegate ValueTask<(long Value, TimeSpan Left)> CountRequest(string key, TimeSpan window, CancellationToken cancellationToken);

/// <summary>Holds routes to their <see cref="RateLimit"/>, answers 429 beyond it, and tells callers where they stand. Off where <c>RateLimits:Enabled</c> is false.</summary>
public sealed class RateLimiting(RequestDelegate next, CountRequest count, IConfiguration configuration, ILogger<RateLimiting> logger)
{
    private readonly bool _enabled = configuration.GetValue("RateLimits:Enabled", true);

    /// <summary>Runs for each request, after its caller is known and before it is authorized.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!_enabled || LimitOf(context) is not { } limit || await TakeAsync(context, limit) is not { } problem) { await next(context); return; }
        await Problems.WriteAsync(context, problem);
    }

    // Forms that strangers may post (sign-in, sign-up, reset) are pages and carry no limit of their own.
    private static RateLimit? LimitOf(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<RateLimit>() is { } limit) { return limit; }
        return HttpMethods.IsPost(context.Request.Method) && metadata?.GetMetadata<IAllowAnonymous>() is not null ? RateLimit.Authentication : null;
    }

    private async Task<Problem?> TakeAsync(HttpContext context, RateLimit limit)
    {
        long value;
        TimeSpan left;
        try { (value, left) = await count($"rate:{limit.Name}:{KeyOf(context.GetCaller(), limit)}", limit.Window, context.RequestAborted); }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Coordination is a hint: with it down, requests go on unlimited rather than fail.
            logger.LogWarning(e, "Rate limits are not counted: the counters failed");
            return null;
        }
        var seconds = Math.Max(1, (long)Math.Ceiling(left.TotalSeconds));
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = limit.Requests.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = Math.Max(0, limit.Requests - value).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = seconds.ToString(CultureInfo.InvariantCulture);
        if (value <= limit.Requests) { return null; }
        return new Problem(ProblemKind.TooManyRequests, "too_many_requests", $"Too many requests. Try again in {seconds} seconds.") { RetryAfter = TimeSpan.FromSeconds(seconds) };
    }

    // A signed-in caller of a sign-in route still counts by address: otherwise every new account would bring a fresh allowance.
    private static string KeyOf(Caller caller, RateLimit limit) =>
        caller.UserId is { } user && (limit == RateLimit.Standard || limit == RateLimit.Public) ? caller.ApiKeyId is { } key ? $"key:{key}" : $"user:{user}" : $"address:{caller.Address}";
}
