using Platform.Features.Publishing.Contracts;

namespace Platform.Features.Content.Domain;

/// <summary>One state for a post with several publications: the one that most needs a person.</summary>
public static class PostStates
{
    /// <summary>
    /// From most to least: what may be out or is broken and needs a decision, what waits for someone, what is on its way, what is unfinished, what is done.
    /// So a post with one failed and two published publications is failed, and one is published only where nothing else is left.
    /// </summary>
    public static readonly IReadOnlyList<PublicationState> Precedence =
    [
        PublicationState.Unconfirmed, PublicationState.Failed, PublicationState.Missed, PublicationState.Held, PublicationState.AwaitingApproval,
        PublicationState.Publishing, PublicationState.Scheduled, PublicationState.Draft, PublicationState.Published, PublicationState.Cancelled,
    ];

    /// <summary>The state over all; a post without publications is a draft.</summary>
    public static PublicationState Over(IEnumerable<PublicationState> states)
    {
        var present = states.ToHashSet();
        return Precedence.FirstOrDefault(present.Contains, PublicationState.Draft);
    }
}
