using System.Text.Json;

namespace Platform.Networks;

/// <summary>
/// The practice network's server, kept in this installation. It answers calls as a network would, and misbehaves where it was told to. Reached in-process
/// by the Sandbox network, or over HTTP at <c>/sandbox/api</c> where a channel names a service address.
/// </summary>
public interface ISandboxServer
{
    /// <summary>Obeys one call and says how the answer travels back. Goes on even where the caller has given up waiting.</summary>
    Task<SandboxReply> HandleAsync(SandboxCall call, CancellationToken cancellationToken);
}

/// <summary>A call as it arrives.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">Below <c>/sandbox/api</c>, without a leading slash: <c>posts/abc/replies</c>.</param>
/// <param name="Query">The query.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="Key">The Idempotency-Key.</param>
/// <param name="Body">The JSON body.</param>
public sealed record SandboxCall(string Method, string Path, IReadOnlyDictionary<string, string> Query, string? Token, string? Key, JsonElement? Body)
{
    /// <summary>True where the call came in-process: registration needs no permission then, the caller is this installation.</summary>
    public bool IsLocal { get; init; }
}

/// <summary>How an answer travels.</summary>
public enum SandboxWire
{
    /// <summary>As it should.</summary>
    Whole,

    /// <summary>Cut off in the middle of the body.</summary>
    Truncated,

    /// <summary>Not at all: the connection is reset after the request was read.</summary>
    Reset,

    /// <summary>Not at all: the connection stays open and silent.</summary>
    Silent,

    /// <summary>Not at all: the connection is refused before anything is sent. Over HTTP this is a reset.</summary>
    Refused,
}

/// <summary>An answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON, or garbage where that was asked for.</param>
public sealed record SandboxReply(int Status, string Body)
{
    /// <summary>Headers besides the content type.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How it travels.</summary>
    public SandboxWire Wire { get; init; }
}
