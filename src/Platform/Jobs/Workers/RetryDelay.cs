using Microsoft.Extensions.Options;

namespace Platform.Jobs.Workers;

/// <summary>How long a failed job waits: doubling from the first wait to the longest, give or take a fifth, so that failures of one cause do not come back as one burst.</summary>
public sealed class RetryDelay(IOptions<JobsOptions> options, Random random)
{
    private readonly Lock _lock = new();

    /// <summary>The wait after the given attempt (from 1).</summary>
    public TimeSpan After(int attempt)
    {
        var seconds = Math.Min(options.Value.LongestRetrySeconds, options.Value.FirstRetrySeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30)));
        lock (_lock) { return TimeSpan.FromSeconds(seconds * (0.8 + random.NextDouble() * 0.4)); }
    }
}
