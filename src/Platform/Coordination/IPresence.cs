namespace Platform.Coordination;

/// <summary>An open page of a person.</summary>
/// <param name="Visit">The open page: one person may have several.</param>
/// <param name="UserId">The person.</param>
/// <param name="Name">Their name, to show.</param>
public sealed record Visitor(string Visit, string UserId, string Name);

/// <summary>
/// Who has a place (a post, say) open at the moment, over all copies. A hint: who vanishes without a word is gone after <see cref="Expiry"/>, and while
/// copies do not hear of each other each knows its own visitors only.
/// </summary>
public interface IPresence
{
    /// <summary>How long a visit counts that is not said again.</summary>
    static readonly TimeSpan Expiry = TimeSpan.FromSeconds(30);

    /// <summary>Says that somebody is there, for <see cref="Expiry"/>, and returns all who are. Told on <see cref="Topics.Presence"/> where it is new.</summary>
    ValueTask<IReadOnlyList<Visitor>> EnterAsync(string place, Visitor visitor, CancellationToken cancellationToken = default);

    /// <summary>Says that somebody has left.</summary>
    ValueTask LeaveAsync(string place, Visitor visitor, CancellationToken cancellationToken = default);
}
