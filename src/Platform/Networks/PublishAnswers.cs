namespace Platform.Networks;

/// <summary>What answers mean that all networks share. NETWORKS facts, section 2; RELIABILITY law A2.</summary>
public static class PublishAnswers
{
    /// <summary>
    /// The outcome of a creating call where every network means the same: failures of the wire, 429, gateway errors. Null for what the adapter
    /// must read itself: 2xx and the other 4xx.
    /// </summary>
    /// <param name="answer">What came.</param>
    /// <param name="now">Now.</param>
    /// <param name="notAccepted">Server errors by which this network surely refused before creating anything (500, 503 …). All others are unclear.</param>
    public static PublishOutcome? OfCreate(OutboundAnswer answer, DateTimeOffset now, params ReadOnlySpan<int> notAccepted) => answer switch
    {
        OutboundAnswer.Failed failed => OfFailure(failed),
        OutboundAnswer.Answered { Status: 429 } limited => Limited(limited, now),
        OutboundAnswer.Answered { Status: >= 500 } error => notAccepted.Contains(error.Status)
            ? new PublishOutcome.Transient($"The network answered with {error.Status} before it took the post.")
            : new PublishOutcome.Unknown($"The network answered with {error.Status}; the post may be out."),
        OutboundAnswer.Answered { Status: 408 } => new PublishOutcome.Unknown("The network answered that the request took too long; the post may be out."),
        OutboundAnswer.Answered { Status: >= 300 and < 400 } moved => new PublishOutcome.Rejected("server_moved", $"The server answered with a redirect ({moved.Status}) instead of taking the post.", "Reconnect the channel with the server's present address."),
        _ => null,
    };

    /// <summary>The outcome of a call before the creating one (an upload, a look-up of a name): whatever went wrong, nothing was published. Null where the adapter must read on.</summary>
    public static PublishOutcome? OfPreparation(OutboundAnswer answer, DateTimeOffset now) => answer switch
    {
        OutboundAnswer.Failed { Failure: OutboundFailure.Refused } refused => OfFailure(refused),
        OutboundAnswer.Failed { Failure: OutboundFailure.Withdrawn } => new PublishOutcome.Withdrawn(),
        OutboundAnswer.Failed failed => new PublishOutcome.Transient($"Before the post was sent: {failed.Detail}."),
        OutboundAnswer.Answered { Status: 429 } limited => Limited(limited, now),
        OutboundAnswer.Answered { Status: 408 or >= 500 } error => new PublishOutcome.Transient($"Before the post was sent, the network answered with {error.Status}."),
        _ => null,
    };

    /// <summary>A 2xx whose body does not say what was created.</summary>
    public static PublishOutcome Unreadable() => new PublishOutcome.Unknown("The network said yes but not which post it made; the post may be out.");

    private static PublishOutcome OfFailure(OutboundAnswer.Failed failed) => failed.Failure switch
    {
        OutboundFailure.Withdrawn => new PublishOutcome.Withdrawn(),
        OutboundFailure.NotSent => new PublishOutcome.Transient($"Nothing was sent: {failed.Detail}."),
        OutboundFailure.Refused => new PublishOutcome.Rejected("address_refused", $"The server's address may not be called: {failed.Detail}.", "Reconnect the channel with a public address."),
        _ => new PublishOutcome.Unknown($"The post was sent and the answer is lost: {failed.Detail}."),
    };

    private static PublishOutcome.RateLimited Limited(OutboundAnswer.Answered answer, DateTimeOffset now)
    {
        var until = RetryTime.Read(answer.Headers, now);
        return new(until, until is { } moment ? $"Too many calls; the network wants to be asked again at {moment:u}." : "Too many calls; the network named no time.");
    }
}
