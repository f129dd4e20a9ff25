using System.ComponentModel.DataAnnotations;

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

    /// <summary>Routes that say nothing of it, pages among them: 600 a minute.</summary>
    public static readonly RateLimit Rest = new("rest", 600, TimeSpan.FromMinutes(1));

    /// <summary>Whether a signed-in caller is counted by who they are. Signing in is not: every new account would bring a fresh allowance.</summary>
    public bool CountsUsers => Name is not ("auth" or "mail");
}

/// <summary>Settings under <c>RateLimits</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Off for tests and load tests only.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Requests a minute from one address (of IPv6: one /64), whoever they come from; an office behind one address shares it.</summary>
    [Range(1, 1_000_000)]
    public int PerAddress { get; set; } = 3_000;

    /// <summary>Requests a minute with one API key.</summary>
    [Range(1, 1_000_000)]
    public int PerKey { get; set; } = 600;
}

/// <summary>Counts a request and says what the count is and when it ends; wired to the Coordination room's counters.</summary>
public delegate ValueTask<(long Value, TimeSpan Left)> CountRequest(string key, TimeSpan window, CancellationToken cancellationToken);

/// <summary>How many requests a minute an organization's plan allows its members and keys together; implemented by the Organizations feature.</summary>
public delegate ValueTask<int> OrganizationQuota(string organizationId, CancellationToken cancellationToken);
