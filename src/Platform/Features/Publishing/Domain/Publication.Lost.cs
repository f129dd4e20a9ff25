using Platform.Features.Publishing.Contracts;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Domain;

/// <summary>What follows when the answer to a call is lost: never a blind repeat; look-ups, then a person.</summary>
public sealed partial record Publication
{
    /// <summary>Sent, and the answer is lost.</summary>
    public Publication Lost(string detail, PublishingPolicy policy, DateTimeOffset now)
    {
        var ended = this with { Attempts = Ended("unknown", detail, now), Strikes = Strikes with { Lookups = 0 }, Processing = null };
        return ended.Disarmed(Unconfirmed, Doubt, $"The answer is lost ({detail}): it may be out.", Dispatcher, now) with
        {
            WakeAt = now + policy.LookupDelay(0),
            NextAttemptAt = now + policy.LookupDelay(0),
        };
    }

    /// <summary>Whether "not there" may be believed at a moment: the call can no longer arrive, and the network has had its time to show it.</summary>
    public bool AbsenceCounts(PublishingPolicy policy, DateTimeOffset now)
    {
        var last = Attempts[^1];
        var arrived = last.StartedAt + policy.SendTimeout;
        return now >= (last.EndedAt > arrived ? last.EndedAt.Value : arrived) + policy.Settle;
    }

    /// <summary>Whether a network that drops repeats by our key still remembers the first one.</summary>
    public bool RepeatIsSafe(PublishingPolicy policy, DateTimeOffset now)
    {
        // The key counts from the oldest call that may have arrived: earlier ones are known not to have.
        var oldest = Attempts.Reverse().TakeWhile(a => a.Part == Attempts[^1].Part && a.Outcome == "unknown").Last();
        return now < oldest.StartedAt + policy.RepeatWindow;
    }

    /// <summary>It is there.</summary>
    public Publication FoundThere(SentPart part, DateTimeOffset now)
    {
        var next = PartOut(part, now, "found", "Found by a look-up.");
        return next.State is Published ? next with { PublishedAt = Attempts[^1].EndedAt ?? now } : next with { Lease = null, WakeAt = now };
    }

    /// <summary>It is surely not there, or a repeat can do no harm: sent again.</summary>
    public Publication SendAgain(bool absent, PublishingPolicy policy, DateTimeOffset now)
    {
        var ended = absent ? this with { Attempts = Ended("absent", "A look-up did not find it.", now) } : this;
        var failures = Strikes.Failures + 1;
        return failures >= policy.MaxFailures
            ? ended.Disarmed(Failed, new("network_unavailable", "The network kept losing it.", "Send again when the network works."), $"Gave up after {failures} failures in a row.", Dispatcher, now)
            : (ended with { Strikes = Strikes with { Failures = failures, Lookups = 0 }, Error = null })
                .Again(now, absent ? "It is not on the network: sent again." : "Sent again: the network drops repeats by our key.", now);
    }

    /// <summary>Could not be found out this time: looked up again later, in the end by a person.</summary>
    public Publication StillUnsure(string detail, PublishingPolicy policy, DateTimeOffset now)
    {
        var lookups = Strikes.Lookups + 1;
        DateTimeOffset? next = lookups < policy.MaxLookups ? now + policy.LookupDelay(lookups) : null;
        return (this with { Strikes = Strikes with { Lookups = lookups }, Lease = null, WakeAt = next, NextAttemptAt = next })
            .Noted(next is null ? $"Could not be found out ({detail}). Please look on the network." : $"Not found out yet ({detail}).", Dispatcher, now);
    }

    private static PublicationError Doubt => new("unconfirmed", "It was sent and the network's answer is lost, so it may be out.",
        "Look on the network, then say \"it is there\" or \"send again\". We keep looking, too.");
}
