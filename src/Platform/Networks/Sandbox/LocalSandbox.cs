using System.Text;
using System.Text.Json;

namespace Platform.Networks.Sandbox;

/// <summary>Brings requests to the server in this process with the failures of a wire: refused, reset, silent, cut off.</summary>
internal sealed class LocalSandbox(ISandboxServer server, TimeProvider time) : IOutboundClient
{
    /// <summary>The address that local requests are made for; it is never looked up.</summary>
    public const string Address = "http://sandbox.local/sandbox/api/";

    /// <inheritdoc />
    public async Task<OutboundAnswer> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Body is null ? null : await ReadAsync(request.Body());
        if (request.MaySend is { } gate && !gate()) { return new OutboundAnswer.Failed(OutboundFailure.Withdrawn, "the right to send has ended"); }
        var call = new SandboxCall(request.Method.Method, PathOf(request.Url), QueryOf(request.Url), TokenOf(request), request.Headers.GetValueOrDefault("Idempotency-Key"), body) { IsLocal = true };
        try
        {
            // The server works on with no token: a network does not stop because its caller went away.
            var reply = await server.HandleAsync(call, CancellationToken.None).WaitAsync(request.Timeout, time, cancellationToken);
            return await TravelAsync(request, reply, cancellationToken);
        }
        catch (Exception gone) when (gone is TimeoutException or OperationCanceledException)
        {
            return new OutboundAnswer.Failed(OutboundFailure.Lost, gone is TimeoutException ? "sandbox did not answer in time" : "the call was cut off because this server is stopping");
        }
    }

    private async Task<OutboundAnswer> TravelAsync(OutboundRequest request, SandboxReply reply, CancellationToken cancellationToken)
    {
        if (reply.Wire is SandboxWire.Silent) { await Task.Delay(request.Timeout, time, cancellationToken); }
        return reply.Wire switch
        {
            SandboxWire.Whole => new OutboundAnswer.Answered(reply.Status, new Dictionary<string, string>(reply.Headers, StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetBytes(reply.Body), request.Url),
            SandboxWire.Refused => new OutboundAnswer.Failed(OutboundFailure.NotSent, "sandbox could not be reached (ConnectionRefused)"),
            SandboxWire.Silent => new OutboundAnswer.Failed(OutboundFailure.Lost, "sandbox did not answer in time"),
            SandboxWire.Truncated => new OutboundAnswer.Failed(OutboundFailure.Lost, "sandbox broke off the connection (incomplete answer)"),
            _ => new OutboundAnswer.Failed(OutboundFailure.Lost, "sandbox broke off the connection (ConnectionReset)"),
        };
    }

    private static async Task<JsonElement?> ReadAsync(HttpContent content)
    {
        using (content)
        {
            using var document = JsonDocument.Parse(await content.ReadAsByteArrayAsync());
            return document.RootElement.Clone();
        }
    }

    private static string PathOf(Uri url) => Uri.UnescapeDataString(url.AbsolutePath)["/sandbox/api/".Length..];

    private static Dictionary<string, string> QueryOf(Uri url) => url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p.ElementAtOrDefault(1) ?? ""));

    private static string? TokenOf(OutboundRequest request) => request.Headers.GetValueOrDefault("Authorization")?["Bearer ".Length..];
}
