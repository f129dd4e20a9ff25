using System.Security.Cryptography;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Networks;

namespace Platform.Features.Publishing.Actions;

/// <summary>What a network's answer means for a publication: one table.</summary>
internal static class Outcomes
{
    /// <summary>The transition that an outcome of a send asks for.</summary>
    public static Publication Apply(Publication it, PublishOutcome outcome, PublishingPolicy policy, DateTimeOffset now) => outcome switch
    {
        PublishOutcome.Published { Post: var post } => string.IsNullOrEmpty(post.Id)
            ? it.Lost("the network answered without an id", policy, now)
            : it.PartOut(new SentPart(post.Id, post.Url, post.Revision), now),
        PublishOutcome.Pending pending => it.Pended(pending.Handle, pending.CheckAfter, now),
        PublishOutcome.RateLimited limited => it.RateLimited(limited.Until, limited.Detail, policy, Jitter(), now),
        PublishOutcome.Rejected rejected => it.Refused(new(rejected.Code, rejected.Message, rejected.Action), now),
        PublishOutcome.Transient transient => it.NotAccepted(transient.Detail, policy, Jitter(), now),
        PublishOutcome.AuthExpired expired when it.Strikes.Refreshes == 0 => it.TokenEnded(expired.Detail, now),
        PublishOutcome.AuthExpired expired => it.Blocked("authExpired", Reconnect(expired.Detail), now),
        PublishOutcome.NeedsReconnect gone => it.Blocked("needsReconnect", Reconnect(gone.Detail), now),
        PublishOutcome.BillingRequired billing => it.Blocked("billingRequired", new("billing_required", $"The network wants to be paid before it takes more: {billing.Detail}", "Settle the account with the network, then send again."), now),
        PublishOutcome.Withdrawn => it.Withdrawn(now),
        PublishOutcome.Unknown unknown => it.Lost(unknown.Detail, policy, now),
        _ => it.Lost($"an answer of an unknown kind ({outcome.GetType().Name})", policy, now),
    };

    /// <summary>The transition that an outcome of a poll asks for: the part is with the network already, so nothing here ever sends it again.</summary>
    public static Publication Polled(Publication it, PublishOutcome outcome, PublishingPolicy policy, DateTimeOffset now) => outcome switch
    {
        PublishOutcome.Published or PublishOutcome.Rejected => Apply(it, outcome, policy, now),
        _ when it.Processing is { } processing && now - processing.Since > policy.MaxPending => it.Lost("the network never finished processing it", policy, now),
        PublishOutcome.Pending pending => it.Pended(pending.Handle, pending.CheckAfter, now),
        PublishOutcome.RateLimited { Until: { } until } when until > now => it.Pended(it.Processing!.Handle, until - now, now),
        _ => it.Pended(it.Processing!.Handle, TimeSpan.FromSeconds(30), now),
    };

    /// <summary>How an outcome is called in numbers.</summary>
    public static string NameOf(PublishOutcome outcome) => char.ToLowerInvariant(outcome.GetType().Name[0]) + outcome.GetType().Name[1..];

    /// <summary>A number from 0 up to 1, to spread retries.</summary>
    public static double Jitter() => RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000d;

    /// <summary>Why a channel without a grant holds its publications.</summary>
    public static PublicationError Reconnect(string detail) =>
        new("channel_needs_reconnect", $"The network no longer accepts the channel's sign-in: {detail}", "Reconnect the channel; its publications then go on.");
}
