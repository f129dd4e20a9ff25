namespace Platform.Features.Publishing.Domain;

/// <summary>The times and bounds that transitions go by; made from the options.</summary>
public sealed record PublishingPolicy
{
    /// <summary>How late a publication may still be sent that nobody could send; then it is missed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a claim holds. Longer than <see cref="SendTimeout"/> with room on both sides.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one outbound call may take.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a network gets to show what it has accepted, before "not there" is believed.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Sends that were surely not accepted, in a row, before it fails.</summary>
    public int MaxFailures { get; init; } = 5;

    /// <summary>Look-ups of a lost answer before it is left to a person.</summary>
    public int MaxLookups { get; init; } = 5;

    /// <summary>Errors of our own, in a row, before it is set aside.</summary>
    public int MaxStumbles { get; init; } = 3;

    /// <summary>The first delay after a failure; each further one is four times as long, up to a quarter of an hour.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a network's word "later" is followed before it fails.</summary>
    public TimeSpan MaxRateLimited { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a network may process before a person is asked.</summary>
    public TimeSpan MaxPending { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long a network that drops repeats by our key surely remembers it (Mastodon: one hour).</summary>
    public TimeSpan RepeatWindow { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>When the next send may be tried after so many failures in a row: exponential, with jitter of ±20 %.</summary>
    /// <param name="failures">From 1.</param>
    /// <param name="jitter">0 up to 1, drawn by the caller.</param>
    public TimeSpan Backoff(int failures, double jitter)
    {
        var seconds = FirstBackoff.TotalSeconds * Math.Pow(4, Math.Clamp(failures - 1, 0, 10));
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromMinutes(15).TotalSeconds) * (0.8 + (0.4 * jitter)));
    }

    /// <summary>When the next look-up comes after so many: a settle time, then each four times as long.</summary>
    public TimeSpan LookupDelay(int lookups) => Settle * Math.Pow(4, Math.Clamp(lookups, 0, 5));
}
