using Platform.Features.Publishing.Contracts;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Domain;

/// <summary>What the dispatcher does to a publication. Every method expects that the caller still holds the claim (<see cref="IsHeldBy"/>).</summary>
public sealed partial record Publication
{
    private const string Dispatcher = "dispatcher";

    /// <summary>Whether the worker's claim is the stored one.</summary>
    public bool IsHeldBy(string worker, long epoch) => Epoch == epoch && Lease?.Worker == worker;

    /// <summary>Whether its time passed by more than the grace period before anything was tried.</summary>
    public bool IsTooLate(DateTimeOffset now, TimeSpan grace) => State is Scheduled && Attempts.Count == 0 && Due is { } due && now > due.At + grace;

    /// <summary>Whether a part may be sent now: due, waiting, and with no call open.</summary>
    public bool MayIntend(DateTimeOffset now) => State is Scheduled or PublicationState.Publishing && !IsSending && Processing is null && Due?.At <= now;

    /// <summary>The write-ahead intent: stored durably before the first byte leaves, together with a fresh lease.</summary>
    public Publication Intend(Lease lease, DateTimeOffset now)
    {
        var attempt = new Attempt(Attempts.Count + 1, Sent.Count, Epoch, now, null, "sending", null);
        var next = this with { Lease = lease, WakeAt = lease.Until, NextAttemptAt = null, Attempts = [.. Attempts, attempt] };
        return next.To(PublicationState.Publishing, Content.Parts.Count == 1 ? $"Sending, attempt {attempt.Number}." : $"Sending part {Sent.Count + 1} of {Content.Parts.Count}, attempt {attempt.Number}.", Dispatcher, now);
    }

    /// <summary>The part is out. The last part makes it published; before that the worker goes on with the next.</summary>
    public Publication PartOut(SentPart part, DateTimeOffset now, string outcome = "published", string? detail = null)
    {
        var next = this with { Attempts = Ended(outcome, detail, now), Sent = [.. Sent, part], Strikes = new(), Error = null, Processing = null, NextAttemptAt = null };
        if (next.Sent.Count < Content.Parts.Count)
        {
            return (next with { WakeAt = Lease?.Until ?? now }).To(PublicationState.Publishing, $"Part {next.Sent.Count} of {Content.Parts.Count} is out.", Dispatcher, now);
        }
        return next.Disarmed(Published, null, outcome == "found" ? "Found on the network: it is out." : "Published.", Dispatcher, now) with { PublishedAt = now };
    }

    /// <summary>The network took it and processes it; it is asked again, never sent again.</summary>
    public Publication Pended(string handle, TimeSpan checkAfter, DateTimeOffset now)
    {
        var next = this with { Attempts = [.. Attempts.SkipLast(1), Attempts[^1] with { Outcome = "pending" }], Processing = Processing ?? new(handle, now) };
        return (next with { Lease = null, WakeAt = now + checkAfter }).To(PublicationState.Publishing, "The network is processing it.", Dispatcher, now);
    }

    /// <summary>Too fast: waits as long as the network says.</summary>
    public Publication RateLimited(DateTimeOffset? until, string detail, PublishingPolicy policy, double jitter, DateTimeOffset now)
    {
        var strikes = Strikes with { RateLimits = Strikes.RateLimits + 1 };
        var at = until ?? now + policy.Backoff(strikes.RateLimits + 1, jitter);
        var ended = this with { Attempts = Ended("rateLimited", detail, now), Strikes = strikes };
        return Due!.At + policy.MaxRateLimited < at
            ? ended.Disarmed(Failed, new("rate_limited", "The network keeps refusing for too many posts in a short time.", "Spread your posts over more time, then send again."), "Gave up: the network is too busy for us.", Dispatcher, now)
            : ended.Again(at, $"The network asks to wait: {detail}", now);
    }

    /// <summary>Surely not accepted, for a passing reason: tried again, each time later, until it has failed too often.</summary>
    public Publication NotAccepted(string detail, PublishingPolicy policy, double jitter, DateTimeOffset now)
    {
        var strikes = Strikes with { Failures = Strikes.Failures + 1 };
        var ended = this with { Attempts = Ended("transient", detail, now), Strikes = strikes };
        return strikes.Failures >= policy.MaxFailures
            ? ended.Disarmed(Failed, new("network_unavailable", $"The network could not be reached or kept failing: {detail}", "Send again when the network works."), $"Gave up after {strikes.Failures} failures in a row: {detail}", Dispatcher, now)
            : ended.Again(now + policy.Backoff(strikes.Failures, jitter), $"Not accepted ({detail}); it is tried again.", now);
    }

    /// <summary>Refused for good.</summary>
    public Publication Refused(PublicationError error, DateTimeOffset now) =>
        (IsSending ? this with { Attempts = Ended("rejected", error.Message, now) } : this).Disarmed(Failed, error, $"Refused: {error.Message}", Dispatcher, now);

    /// <summary>The token has ended: the worker refreshes it once and sends again under the same claim.</summary>
    public Publication TokenEnded(string detail, DateTimeOffset now) =>
        (this with { Attempts = Ended("authExpired", detail, now), Strikes = Strikes with { Refreshes = Strikes.Refreshes + 1 } })
            .To(Waiting, "The token has ended; a new one is fetched.", Dispatcher, now);

    /// <summary>The call came to nothing and a person must act first (reconnect, pay): held with the outcome noted.</summary>
    public Publication Blocked(string outcome, PublicationError error, DateTimeOffset now) =>
        (IsSending ? this with { Attempts = Ended(outcome, error.Message, now) } : this).Disarmed(Held, error, error.Message, Dispatcher, now);

    /// <summary>Nothing left: the claim had run out, or the app is stopping.</summary>
    public Publication Withdrawn(DateTimeOffset now) =>
        (this with { Attempts = Ended("withdrawn", "Nothing was sent.", now) }).Again(now, "Taken back before it was sent; it is tried again.", now);

    /// <summary>Gives the claim back untouched, to be due at a moment.</summary>
    public Publication GiveBack(DateTimeOffset wakeAt) => Lease is null ? this : this with { Lease = null, WakeAt = wakeAt };

    /// <summary>Waits for another try without a call having been made (a token refresh that failed for a passing reason).</summary>
    public Publication Postponed(string reason, PublishingPolicy policy, double jitter, DateTimeOffset now)
    {
        var strikes = Strikes with { Failures = Strikes.Failures + 1 };
        return strikes.Failures >= policy.MaxFailures
            ? (this with { Strikes = strikes }).Disarmed(Failed, new("channel_unavailable", reason, "Check the channel, then send again."), $"Gave up: {reason}", Dispatcher, now)
            : (this with { Strikes = strikes }).Again(now + policy.Backoff(strikes.Failures, jitter), reason, now);
    }

    /// <summary>An error of our own before anything was sent: tried again a few times, then set aside where a person sees it.</summary>
    public Publication Stumbled(string detail, PublishingPolicy policy, double jitter, DateTimeOffset now)
    {
        var strikes = Strikes with { Stumbles = Strikes.Stumbles + 1 };
        return strikes.Stumbles >= policy.MaxStumbles
            ? (this with { Strikes = strikes }).Disarmed(Failed, new("internal_error", "Something in it cannot be handled. It was set aside so that others go on.", "Edit it and send it again; tell support if it happens again."), $"Set aside: {detail}", Dispatcher, now)
            : (this with { Strikes = strikes }).Again(now + policy.Backoff(strikes.Stumbles, jitter), $"Could not be prepared ({detail}); it is tried again.", now);
    }

    /// <summary>Too late to be sent unasked.</summary>
    public Publication Miss(string by, DateTimeOffset now) => Disarmed(Missed,
        new("missed", "Its time passed while nothing could be sent.", "Send it now, give it another time, or cancel it."), "Missed: its time passed by more than the grace period.", by, now);

    private Publication Again(DateTimeOffset at, string reason, DateTimeOffset now) =>
        (this with { WakeAt = at, NextAttemptAt = at, Lease = null }).To(Waiting, reason, Dispatcher, now);

    private Attempt[] Ended(string outcome, string? detail, DateTimeOffset now) =>
        [.. Attempts.SkipLast(1), Attempts[^1] with { EndedAt = Attempts[^1].EndedAt ?? now, Outcome = outcome, Detail = detail ?? Attempts[^1].Detail }];
}
