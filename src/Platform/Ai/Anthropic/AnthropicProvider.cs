using Anthropic;
using Microsoft.Extensions.AI;

namespace Platform.Ai.Anthropic;

/// <summary>The Anthropic package as a provider.</summary>
public sealed class AnthropicProvider(AnthropicOptions options, AiOptions ai, TimeProvider time) : IModelProvider, IDisposable
{
    private readonly Lazy<HttpClient> _http = new(() => ModelTransport.Client(ai, time));
    private IChatClient? _client;

    /// <inheritdoc />
    public ModelStatus Status { get; } = new("Anthropic", options.Model, false, options.ApiKey is "" ? "no key is set (Ai:Anthropic:ApiKey)." : null);

    /// <inheritdoc />
    public IChatClient Client => _client ??= Make();

    /// <inheritdoc />
    public void Dispose()
    {
        _client?.Dispose();
        if (_http.IsValueCreated) { _http.Value.Dispose(); }
    }

    // Repeats and patience are the transport's and the caller's; the package adds none.
    private IChatClient Make() => new AnthropicClient
    {
        ApiKey = options.ApiKey,
        BaseUrl = options.BaseUrl,
        HttpClient = _http.Value,
        MaxRetries = 0,
        Timeout = TimeSpan.FromHours(1),
    }.AsIChatClient(options.Model);
}
