namespace Platform.Coordination;

/// <summary>
/// Hints between parts and copies of the app: "something in this topic changed". Never the truth: a signal may be lost,
/// so a receiver reads the store again, and a waiter also wakes by its own clock.
/// </summary>
public interface ISignals
{
    /// <summary>Tells every subscriber, in this copy and others. Does not wait for them; never throws for their sake.</summary>
    ValueTask PublishAsync(string topic, string message, CancellationToken cancellationToken = default);

    /// <summary>Hears a topic until disposed. Handlers run one after another, off the publisher's path.</summary>
    IDisposable Subscribe(string topic, Func<string, Task> handler);
}

/// <summary>The names of topics.</summary>
public static class Topics
{
    /// <summary>New or changed work for the publishing dispatcher.</summary>
    public const string PublishingWake = "publishing-wake";

    /// <summary>New or changed jobs.</summary>
    public const string JobsWake = "jobs-wake";

    /// <summary>What an organization's pages follow live. Messages are JSON of <see cref="LiveEvent"/>.</summary>
    public static string Live(string organizationId) => $"live:{organizationId}";

    /// <summary>What staff pages follow live. Messages are JSON of <see cref="LiveEvent"/>.</summary>
    public const string LiveStaff = "live-staff";

    /// <summary>This copy lost the others or found them again (<see cref="ICoordinationHealth"/>); not told to others.</summary>
    public const string Coordination = "coordination";

    /// <summary>Somebody came to a place or left it (<see cref="IPresence"/>).</summary>
    public static string Presence(string place) => $"presence:{place}";

    /// <summary>A session was revoked or a person's rights changed; the message is the user's id.</summary>
    public const string SessionsChanged = "sessions-changed";
}

/// <summary>What a live topic carries.</summary>
/// <param name="Kind">post-status, notification, inbox, analytics, agent-run, alert, system, jobs, channel.</param>
/// <param name="Id">The id of the thing that changed; empty where the whole kind did.</param>
public sealed record LiveEvent(string Kind, string Id);
