using System.Net.Http.Headers;
using Platform.Primitives;

namespace Platform.Networks.Mastodon;

/// <summary>Calls of the Mastodon API on one server.</summary>
internal sealed class MastodonClient(IOutboundClient client)
{
    /// <summary>Reads.</summary>
    public Task<OutboundAnswer> GetAsync(string server, string? token, string path, CancellationToken cancellationToken) =>
        client.SendAsync(Request(server, token, path, HttpMethod.Get), cancellationToken);

    /// <summary>Sends a form.</summary>
    public Task<OutboundAnswer> PostFormAsync(string server, string path, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken) =>
        client.SendAsync(Request(server, null, path, HttpMethod.Post) with { Body = OutboundBody.Form(form) }, cancellationToken);

    /// <summary>Makes a status. The key is stable over all attempts: a server that has seen it within the hour answers with the status it made then.</summary>
    public Task<OutboundAnswer> PostStatusAsync(ChannelConnection connection, object status, PublishRequest request, CancellationToken cancellationToken)
    {
        var sending = Request(Server(connection), connection.Secrets.AccessToken, "/api/v1/statuses", HttpMethod.Post);
        return client.SendAsync(sending with
        {
            Body = OutboundBody.Json(status), MaySend = request.MaySend,
            Headers = new Dictionary<string, string>(sending.Headers) { ["Idempotency-Key"] = request.IdempotencyKey },
        }, cancellationToken);
    }

    /// <summary>Changes a status. No key is needed: the same change made twice is one change.</summary>
    public Task<OutboundAnswer> PutStatusAsync(ChannelConnection connection, EditRequest request, object status, CancellationToken cancellationToken) =>
        client.SendAsync(Request(Server(connection), connection.Secrets.AccessToken, StatusPath(request.Post), HttpMethod.Put) with { Body = OutboundBody.Json(status), MaySend = request.MaySend }, cancellationToken);

    /// <summary>Where a status is.</summary>
    public static string StatusPath(RemotePost post) => $"/api/v1/statuses/{Uri.EscapeDataString(post.Id)}";

    /// <summary>Deletes.</summary>
    public Task<OutboundAnswer> DeleteAsync(ChannelConnection connection, string path, CancellationToken cancellationToken) =>
        client.SendAsync(Request(Server(connection), connection.Secrets.AccessToken, path, HttpMethod.Delete), cancellationToken);

    /// <summary>Uploads a file with its alternative text.</summary>
    public async Task<OutboundAnswer> UploadAsync(ChannelConnection connection, MediaFile file, string path, CancellationToken cancellationToken)
    {
        var bytes = await file.OpenAsync(cancellationToken);
        return await client.SendAsync(Request(Server(connection), connection.Secrets.AccessToken, path, HttpMethod.Post) with { Body = () => Form(file, bytes), Timeout = TimeSpan.FromMinutes(2) }, cancellationToken);
    }

    // Written as browsers write it, names in quotes and the boundary without: small servers read nothing else.
    private static MultipartFormDataContent Form(MediaFile file, Stream bytes)
    {
        var boundary = $"----{Ids.New()}";
        var form = new MultipartFormDataContent(boundary);
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        if (file.AltText.Length > 0) { form.Add(Part(new StringContent(file.AltText), "name=\"description\"")); }
        form.Add(Part(new StreamContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(file.ContentType) } }, $"name=\"file\"; filename=\"media.{file.ContentType.Split('/')[^1]}\""));
        return form;
    }

    private static HttpContent Part(HttpContent content, string disposition)
    {
        content.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; {disposition}");
        return content;
    }

    /// <summary>The server of a channel.</summary>
    public static string Server(ChannelConnection connection) => connection.ServiceUrl ?? MastodonDescriptor.Value.DefaultServiceUrl!;

    private static OutboundRequest Request(string server, string? token, string path, HttpMethod method) => new()
    {
        Name = $"mastodon.{string.Join('.', path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p.All(char.IsAsciiLetterLower) && p != "api"))}",
        Method = method,
        // Small servers close idle connections without a word; a read that meets one would be told as a fault of the network.
        FreshConnection = true,
        Url = new Uri(server + path),
        Headers = token is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
    };
}
