namespace Platform.Coordination;

/// <summary>Whether the copies of the app hear of each other. Changes are told on <see cref="Topics.Coordination"/>, within this copy.</summary>
public interface ICoordinationHealth
{
    /// <summary>Whether a server joins several copies (<c>Coordination:RedisUrl</c>).</summary>
    bool IsShared { get; }

    /// <summary>Whether this copy is on its own at the moment although a server is set: pages then look at the store by their own clock.</summary>
    bool IsAlone { get; }
}
