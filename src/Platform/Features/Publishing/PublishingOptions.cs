using System.ComponentModel.DataAnnotations;
using Platform.Features.Publishing.Domain;

namespace Platform.Features.Publishing;

/// <summary>Limits and delays of publishing; section <c>Publishing</c>, validated at start.</summary>
public sealed class PublishingOptions
{
    /// <summary>Whether this copy sends. False leaves it to others.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How late, in minutes, a publication may still be sent that nobody could send.</summary>
    [Range(1, 1440)]
    public int GraceMinutes { get; set; } = 30;

    /// <summary>Sends at the same time, in this copy.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>Sends at the same time for one organization, in this copy.</summary>
    [Range(1, 1000)]
    public int ConcurrencyPerOrganization { get; set; } = 16;

    /// <summary>Sends at the same time on one channel, in this copy.</summary>
    [Range(1, 100)]
    public int ConcurrencyPerChannel { get; set; } = 2;

    /// <summary>How long, in seconds, one outbound call may take.</summary>
    [Range(0.1, 120)]
    public double SendTimeoutSeconds { get; set; } = 30;

    /// <summary>How long, in seconds, a claim holds; at least the send timeout and twenty seconds more than it, or three times it.</summary>
    [Range(0.3, 600)]
    public double LeaseSeconds { get; set; } = 60;

    /// <summary>How long, in seconds, a network gets to show what it has accepted before "not there" is believed.</summary>
    [Range(0.05, 600)]
    public double SettleSeconds { get; set; } = 10;

    /// <summary>The first delay, in seconds, after a failure; each further one is four times as long.</summary>
    [Range(0.05, 60)]
    public double FirstBackoffSeconds { get; set; } = 5;

    /// <summary>How long, in seconds, a stop waits for what is being sent.</summary>
    [Range(1, 25)]
    public int DrainSeconds { get; set; } = 10;

    /// <summary>The policy that transitions go by.</summary>
    public PublishingPolicy ToPolicy() => new()
    {
        Grace = TimeSpan.FromMinutes(GraceMinutes),
        Lease = TimeSpan.FromSeconds(LeaseSeconds),
        SendTimeout = TimeSpan.FromSeconds(SendTimeoutSeconds),
        Settle = TimeSpan.FromSeconds(SettleSeconds),
        FirstBackoff = TimeSpan.FromSeconds(FirstBackoffSeconds),
    };
}
