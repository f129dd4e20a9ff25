using System.Net.Http.Headers;
using System.Text.Json;

namespace Platform.Networks.Bluesky;

/// <summary>Calls of the AT Protocol on one server.</summary>
internal sealed class Xrpc(IOutboundClient client)
{
    /// <summary>A query.</summary>
    public Task<OutboundAnswer> GetAsync(string service, string? token, string method, IEnumerable<(string Name, string Value)> query, CancellationToken cancellationToken)
    {
        var text = string.Join('&', query.Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value)}"));
        return client.SendAsync(Request(service, token, method, HttpMethod.Get, text), cancellationToken);
    }

    /// <summary>A procedure with a JSON body, or none.</summary>
    public Task<OutboundAnswer> PostAsync(string service, string? token, string method, object? body, CancellationToken cancellationToken, Func<bool>? maySend = null) =>
        client.SendAsync(Request(service, token, method, HttpMethod.Post, "") with { Body = body is null ? null : OutboundBody.Json(body), MaySend = maySend }, cancellationToken);

    /// <summary>Uploads bytes.</summary>
    public async Task<OutboundAnswer> UploadAsync(ChannelConnection connection, MediaFile file, CancellationToken cancellationToken)
    {
        var bytes = await file.OpenAsync(cancellationToken);
        HttpContent Body() => new StreamContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(file.ContentType), ContentLength = file.Size } };
        return await client.SendAsync(
            Request(Service(connection), connection.Secrets.AccessToken, "com.atproto.repo.uploadBlob", HttpMethod.Post, "") with { Body = Body, Timeout = TimeSpan.FromSeconds(90) }, cancellationToken);
    }

    /// <summary>The server of a channel.</summary>
    public static string Service(ChannelConnection connection) => connection.ServiceUrl ?? BlueskyDescriptor.DefaultService;

    /// <summary>When an access token ends, as it says itself; null where it is no JWT. Read only to refresh in time, never trusted.</summary>
    public static DateTimeOffset? EndOf(string token)
    {
        try
        {
            var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
            using var json = JsonDocument.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')));
            return ((JsonElement?)json.RootElement).Number("exp") is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }
        catch (Exception notJwt) when (notJwt is FormatException or JsonException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static OutboundRequest Request(string service, string? token, string method, HttpMethod verb, string query) => new()
    {
        Name = $"bluesky.{method[(method.LastIndexOf('.') + 1)..]}",
        Method = verb,
        FreshConnection = verb != HttpMethod.Get,
        Url = new Uri($"{service.TrimEnd('/')}/xrpc/{method}{(query.Length > 0 ? "?" + query : "")}"),
        Headers = token is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
    };
}
