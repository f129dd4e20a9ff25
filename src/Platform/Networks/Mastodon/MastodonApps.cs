using Platform.Primitives;

namespace Platform.Networks.Mastodon;

/// <summary>This product's registration with a server: made once, and anew only where the server does not know it any more (servers forget apps that nobody uses).</summary>
internal sealed class MastodonApps(MastodonClient client, INetworkApps apps)
{
    /// <summary>The registration, or the answer of a server that gave none.</summary>
    public async Task<(NetworkApp? App, OutboundAnswer Answer)> OfAsync(string server, string callbackUrl, CancellationToken cancellationToken)
    {
        var place = new NetworkAppPlace(MastodonDescriptor.Value.Key, server, callbackUrl);
        if (await apps.FindAsync(place, cancellationToken) is { } known)
        {
            var asked = await AskAsync(server, known, callbackUrl, cancellationToken);
            if (asked is OutboundAnswer.Failed) { return (null, asked); }
            if (!IsForgotten(asked)) { return (known, asked); }
        }
        var answer = await client.PostFormAsync(server, "/api/v1/apps", new Dictionary<string, string>
        {
            ["client_name"] = "Social Platform", ["redirect_uris"] = callbackUrl, ["scopes"] = MastodonDescriptor.Scopes,
        }, cancellationToken);
        if (answer is not OutboundAnswer.Answered { IsSuccess: true } yes || yes.Json.Text("client_id") is not { Length: > 0 } id || yes.Json.Text("client_secret") is not { Length: > 0 } secret) { return (null, answer); }
        var made = new NetworkApp(id, secret);
        await apps.KeepAsync(place, made, cancellationToken);
        return (made, answer);
    }

    // A token for the app alone, which opens nothing of anybody: the documented way to ask whether an app is known (docs.joinmastodon.org/client/token).
    private Task<OutboundAnswer> AskAsync(string server, NetworkApp app, string callbackUrl, CancellationToken cancellationToken) => client.PostFormAsync(server, "/oauth/token", new Dictionary<string, string>
    {
        ["grant_type"] = "client_credentials", ["client_id"] = app.ClientId, ["client_secret"] = app.ClientSecret, ["redirect_uri"] = callbackUrl,
    }, cancellationToken);

    // Only a plain "who are you": a server that is busy, or knows no such grant, has not forgotten anything.
    private static bool IsForgotten(OutboundAnswer answer) =>
        answer is OutboundAnswer.Answered { Status: 401 } || (answer is OutboundAnswer.Answered { Status: 400 } refused && refused.Json.Text("error") == "invalid_client");
}
