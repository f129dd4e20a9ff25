namespace Platform.Features.Publishing.Contracts;

/// <summary>A publication on the wire. Others rely on this shape.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ChannelId">The channel.</param>
/// <param name="Network">The network's key.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DueAt">When it is to be sent, UTC.</param>
/// <param name="LocalTime">The wall clock that was chosen.</param>
/// <param name="TimeZone">The IANA zone of that wall clock.</param>
/// <param name="NextAttemptAt">When the next attempt is due, where that differs.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="RemoteId">Its id on the network; of a thread, the first part's.</param>
/// <param name="RemoteUrl">Its public page.</param>
/// <param name="Remote">The posts on the network, one a part that is out.</param>
/// <param name="Error">Why it is not out, where it should be.</param>
/// <param name="Attempts">Every outbound call.</param>
/// <param name="Ledger">Every change of state, oldest first.</param>
/// <param name="EditedAt">When a text was last changed on the network after it was out; null where none was.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record PublicationAnswer(
    string Id,
    string ChannelId,
    string Network,
    PublicationState State,
    DateTimeOffset? DueAt,
    string? LocalTime,
    string? TimeZone,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset? PublishedAt,
    string? RemoteId,
    string? RemoteUrl,
    IReadOnlyList<RemoteAnswer> Remote,
    PublicationError? Error,
    IReadOnlyList<AttemptView> Attempts,
    IReadOnlyList<LedgerEntry> Ledger,
    DateTimeOffset? EditedAt,
    long Version)
{
    /// <summary>From a view.</summary>
    public static PublicationAnswer From(PublicationView view) => new(
        view.Id, view.ChannelId, view.Network, view.State, view.Due?.At, view.Due?.LocalTime, view.Due?.TimeZone, view.NextAttemptAt, view.PublishedAt,
        view.Remote.Count > 0 ? view.Remote[0].Id : null, view.Remote.Count > 0 ? view.Remote[0].Url : null,
        [.. view.Remote.Select(post => new RemoteAnswer(post.Id, post.Url))], view.Error, view.Attempts, view.Ledger, view.EditedAt, view.Version);
}

/// <summary>A post on a network, on the wire.</summary>
public sealed record RemoteAnswer(string Id, string? Url);
