using System.Net;

namespace Platform.Ai;

/// <summary>
/// The one way to a model's server: turns error answers into <see cref="ModelException"/> and repeats what was turned away before
/// the first byte (429, 502, 503, 504, 529), honouring Retry-After. The addresses are the operator's settings, never a user's.
/// </summary>
public sealed class ModelTransport(AiOptions options, TimeProvider time, HttpMessageHandler? inner = null) : DelegatingHandler(inner ?? new SocketsHttpHandler
{
    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    ConnectTimeout = TimeSpan.FromSeconds(10),
    AllowAutoRedirect = false,
})
{
    /// <summary>A client over this transport. Its own timeout is off: the caller bounds the silence, not the length of an answer.</summary>
    public static HttpClient Client(AiOptions options, TimeProvider time) => new(new ModelTransport(options, time)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content) { await content.LoadIntoBufferAsync(cancellationToken); }
        for (var attempt = 0; ; attempt++)
        {
            var response = await SendOnceAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode) { return response; }
            var failure = await ReadAsync(response, cancellationToken);
            response.Dispose();
            if (attempt >= options.Retries || !IsPassing(response.StatusCode) || Wait(failure, attempt) is not { } wait) { throw failure; }
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new ModelException(ModelFailure.Unavailable, $"no connection to {request.RequestUri?.Host}: {e.HttpRequestError}", null, e);
        }
    }

    private async Task<ModelException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var failure = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ModelFailure.Unauthorized,
            HttpStatusCode.TooManyRequests or HttpStatusCode.PaymentRequired => ModelFailure.RateLimited,
            HttpStatusCode.RequestTimeout => ModelFailure.TimedOut,
            var status when (int)status >= 500 => ModelFailure.Unavailable,
            _ => ModelFailure.Refused,
        };
        return new(failure, $"{(int)response.StatusCode} {Shown(body)}", RetryAfter(response));
    }

    // An unauthorized answer may quote the key; it is never kept.
    private static string Shown(string body) => body.Contains("key", StringComparison.OrdinalIgnoreCase) ? "(not shown: may quote the key)" : body.Length > 300 ? body[..300] : body;

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero,
        _ => null,
    };

    private TimeSpan? Wait(ModelException failure, int attempt)
    {
        var wait = failure.RetryAfter ?? TimeSpan.FromSeconds(1 << attempt);
        return wait <= TimeSpan.FromSeconds(options.MaxRetryWaitSeconds) ? wait : null;
    }

    private static bool IsPassing(HttpStatusCode status) => (int)status is 429 or 502 or 503 or 504 or 529;
}
