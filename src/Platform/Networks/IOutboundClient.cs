using System.Text.Json;

namespace Platform.Networks;

/// <summary>
/// The one way out to addresses that people or networks name. Every address is resolved once, checked and pinned; private ones are refused
/// unless <c>Outbound:AllowPrivateNetworks</c>; redirects are checked again; answers are capped in size and time. Never throws for what a server does.
/// </summary>
public interface IOutboundClient
{
    /// <summary>Sends one request. Throws <see cref="OperationCanceledException"/> only where the token was cancelled before any of the body left.</summary>
    Task<OutboundAnswer> SendAsync(OutboundRequest request, CancellationToken cancellationToken);
}

/// <summary>A request to a server outside.</summary>
public sealed record OutboundRequest
{
    /// <summary>What is done, for spans and metrics: <c>bluesky.createRecord</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The method.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>Where to. http or https, without user name.</summary>
    public required Uri Url { get; init; }

    /// <summary>Headers; may hold tokens, never logged.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Makes the body. Called once.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>Asked right before the first byte of the request leaves (requests with a body only); false: nothing is sent and the answer is <see cref="OutboundFailure.Withdrawn"/>.</summary>
    public Func<bool>? MaySend { get; init; }

    /// <summary>Largest answer in bytes, after decompression.</summary>
    public int MaxAnswerBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>For everything together, redirects included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Uses a connection of its own. For calls that must not be repeated: on a kept connection that the server is just closing, nobody can tell whether they arrived.
    /// </summary>
    public bool FreshConnection { get; init; }

    /// <summary>Redirects followed (GET only), each checked like the first address.</summary>
    public int MaxRedirects { get; init; }
}

/// <summary>Why there is no answer.</summary>
public enum OutboundFailure
{
    /// <summary>The address is not one that may be called. Nothing was sent.</summary>
    Refused,

    /// <summary>No connection, or it broke before any of the request left. Surely nothing arrived.</summary>
    NotSent,

    /// <summary><see cref="OutboundRequest.MaySend"/> said no. Nothing was sent.</summary>
    Withdrawn,

    /// <summary>Some of the request left and no complete answer came: it may have been obeyed.</summary>
    Lost,

    /// <summary>The answer is larger than allowed; the request was obeyed or not, nobody knows.</summary>
    TooLarge,
}

/// <summary>What came of a request.</summary>
public abstract record OutboundAnswer
{
    private OutboundAnswer() { }

    /// <summary>The whole answer arrived.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Headers">By name, case ignored; several values joined by a comma.</param>
    /// <param name="Body">The bytes, decompressed.</param>
    /// <param name="Url">The address that answered, after redirects.</param>
    public sealed record Answered(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, Uri Url) : OutboundAnswer
    {
        private readonly Lazy<JsonElement?> _json = new(() => Parse(Body));

        /// <summary>The body as a JSON object or array; null where it is neither.</summary>
        public JsonElement? Json => _json.Value;

        /// <summary>2xx.</summary>
        public bool IsSuccess => Status is >= 200 and < 300;

        /// <inheritdoc />
        public override string ToString() => $"Answered {Status}";

        private static JsonElement? Parse(byte[] body)
        {
            try
            {
                using var document = JsonDocument.Parse(body);
                return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? document.RootElement.Clone() : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>There is no answer.</summary>
    /// <param name="Failure">Why.</param>
    /// <param name="Detail">In words, without secrets.</param>
    public sealed record Failed(OutboundFailure Failure, string Detail) : OutboundAnswer;
}
