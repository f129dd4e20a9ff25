using Platform.Features.Publishing.Domain;
using Platform.Networks;
using Platform.Primitives;

namespace Platform.Features.Publishing.Actions;

/// <summary>What a network's answer to a change means: one table. Nothing is tried again by itself; a person stands by and is told.</summary>
internal static class EditOutcomes
{
    /// <summary>What is told where the answer is lost and the network does not show the new text yet.</summary>
    public static readonly Problem Unconfirmed = new(ProblemKind.UpstreamFailed, "edit_unconfirmed", "The network's answer is lost, so the text may have been changed. We look it up; its page shows what came of it.");

    /// <summary>The transition that an outcome asks for.</summary>
    public static Publication Apply(Publication it, PublishOutcome outcome, PublishingPolicy policy, DateTimeOffset now) => outcome switch
    {
        PublishOutcome.Published => it.EditDone("edited", now),
        PublishOutcome.Unknown unknown => it.EditLost(unknown.Detail, policy, now),
        PublishOutcome.Pending => it.EditLost("the network is still working on it", policy, now),
        _ => it.EditFailed(Outcomes.NameOf(outcome), Words(outcome), now),
    };

    /// <summary>What a person is told of an outcome that is settled; null where the new text is out.</summary>
    public static Problem? Problem(PublishOutcome outcome, Publication it) => outcome switch
    {
        PublishOutcome.Published => null,
        PublishOutcome.Unknown or PublishOutcome.Pending when it.Attempts[^1].Outcome == "found" => null,
        PublishOutcome.Rejected rejected => Failed(rejected.Code, $"{rejected.Message} {rejected.Action}"),
        PublishOutcome.NeedsReconnect or PublishOutcome.AuthExpired => Failed("channel_needs_reconnect", $"{Words(outcome)} Reconnect the channel, then change the text."),
        PublishOutcome.RateLimited => Failed("rate_limited", $"{Words(outcome)} Try again later."),
        PublishOutcome.BillingRequired => Failed("billing_required", $"{Words(outcome)} Settle the account with the network."),
        _ => Failed("network_unavailable", $"The text was not changed: {Words(outcome)} Try again in a moment."),
    };

    private static Problem Failed(string code, string message) => new(ProblemKind.UpstreamFailed, code, message);

    private static string Words(PublishOutcome outcome) => outcome switch
    {
        PublishOutcome.Rejected rejected => rejected.Message,
        PublishOutcome.AuthExpired expired => expired.Detail,
        PublishOutcome.NeedsReconnect gone => gone.Detail,
        PublishOutcome.RateLimited limited => limited.Detail,
        PublishOutcome.Transient transient => transient.Detail,
        PublishOutcome.BillingRequired billing => billing.Detail,
        PublishOutcome.Withdrawn => "the right to send had ended.",
        _ => "the network answered in a way that is not known here.",
    };
}
