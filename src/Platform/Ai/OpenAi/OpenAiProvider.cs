using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Platform.Ai.OpenAi;

/// <summary>The OpenAI package as a provider.</summary>
public sealed class OpenAiProvider(OpenAiOptions options, AiOptions ai, TimeProvider time) : IModelProvider, IDisposable
{
    private readonly Lazy<HttpClient> _http = new(() => ModelTransport.Client(ai, time));
    private IChatClient? _client;

    /// <inheritdoc />
    public ModelStatus Status { get; } = new("OpenAi", options.Model, false, options.ApiKey is "" ? "no key is set (Ai:OpenAi:ApiKey)." : null);

    /// <inheritdoc />
    public IChatClient Client => _client ??= Make();

    /// <inheritdoc />
    public void Dispose()
    {
        if (_http.IsValueCreated) { _http.Value.Dispose(); }
    }

    // Repeats and patience are the transport's and the caller's; the package adds none.
    private OpenAiChatClient Make() => new(new ChatClient(options.Model, new ApiKeyCredential(options.ApiKey), new OpenAIClientOptions
    {
        Endpoint = new Uri(options.BaseUrl),
        Transport = new HttpClientPipelineTransport(_http.Value),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
    }));
}
