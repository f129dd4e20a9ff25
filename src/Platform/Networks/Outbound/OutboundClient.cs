using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Platform.Networks.Outbound;

/// <inheritdoc />
internal sealed class OutboundClient : IOutboundClient, IDisposable
{
    private readonly HttpMessageInvoker _pooled;
    private readonly HttpMessageInvoker _fresh;
    private readonly TimeProvider _time;

    /// <summary>One for the whole app: it keeps the pool of connections.</summary>
    public OutboundClient(GuardedConnector connector, IOptions<OutboundOptions> options, TimeProvider time)
    {
        _time = time;
        _pooled = Invoker(connector, options.Value, TimeSpan.FromMinutes(2));
        _fresh = Invoker(connector, options.Value, TimeSpan.Zero);
    }

    /// <inheritdoc />
    public async Task<OutboundAnswer> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        using var activity = OutboundTelemetry.Start(request);
        var started = _time.GetTimestamp();
        using var deadline = new CancellationTokenSource(request.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var answer = await FollowAsync(request, both.Token, cancellationToken);
        OutboundTelemetry.Stop(activity, request, answer, _time.GetElapsedTime(started));
        return answer;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _pooled.Dispose();
        _fresh.Dispose();
    }

    private static HttpMessageInvoker Invoker(GuardedConnector connector, OutboundOptions options, TimeSpan lifetime) => new(new SocketsHttpHandler
    {
        ConnectCallback = connector.ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(options.ConnectTimeoutSeconds),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionLifetime = lifetime,
        MaxConnectionsPerServer = 256,
    });

    private async Task<OutboundAnswer> FollowAsync(OutboundRequest request, CancellationToken either, CancellationToken callers)
    {
        var current = request;
        for (var redirects = 0; ; redirects++)
        {
            if (AddressRules.Objection(current.Url) is { } objection) { return new OutboundAnswer.Failed(OutboundFailure.Refused, objection); }
            var answer = await OnceAsync(current, either, callers);
            if (answer is not OutboundAnswer.Answered { Status: 301 or 302 or 303 or 307 or 308 } moved || request.MaxRedirects == 0 || request.Method != HttpMethod.Get) { return answer; }
            if (redirects == request.MaxRedirects) { return new OutboundAnswer.Failed(OutboundFailure.Refused, "the address redirects too often"); }
            var next = Redirects.Next(current, moved);
            if (next is null) { return new OutboundAnswer.Failed(OutboundFailure.Refused, "the address redirects to one that may not be called"); }
            current = next;
        }
    }

    private async Task<OutboundAnswer> OnceAsync(OutboundRequest request, CancellationToken either, CancellationToken callers)
    {
        var body = request.Body is { } make ? new GatedContent(make(), request.MaySend) : null;
        using var message = new HttpRequestMessage(request.Method, request.Url) { Content = body, Version = HttpVersion.Version11 };
        message.Headers.TryAddWithoutValidation("User-Agent", "SocialPlatform/1.0");
        foreach (var (name, value) in request.Headers) { message.Headers.TryAddWithoutValidation(name, value); }
        try
        {
            using var response = await (request.FreshConnection ? _fresh : _pooled).SendAsync(message, either);
            return await ReadAsync(request, response, either);
        }
        catch (OperationCanceledException) when (callers.IsCancellationRequested && body is not { Sent: true })
        {
            throw;
        }
        catch (Exception problem) when (problem is OperationCanceledException or HttpRequestException or IOException or SocketException or InvalidOperationException or InvalidDataException)
        {
            return Failures.Of(problem, request, body, callers.IsCancellationRequested);
        }
    }

    private static async Task<OutboundAnswer> ReadAsync(OutboundRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > request.MaxAnswerBytes) { return new OutboundAnswer.Failed(OutboundFailure.TooLarge, "the answer is too large"); }
            buffer.Write(chunk, 0, read);
        }
        var headers = response.Headers.Concat(response.Content.Headers).GroupBy(h => h.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => string.Join(", ", g.SelectMany(h => h.Value)), StringComparer.OrdinalIgnoreCase);
        return new OutboundAnswer.Answered((int)response.StatusCode, headers, buffer.ToArray(), request.Url);
    }
}
