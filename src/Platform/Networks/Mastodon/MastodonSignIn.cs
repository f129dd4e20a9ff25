using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Primitives;

namespace Platform.Networks.Mastodon;

/// <summary>OAuth with one server: sends the person to it, and turns the code that comes back into a token. State and PKCE always.</summary>
internal sealed class MastodonSignIn(MastodonClient client, MastodonApps apps, InstanceLimits limits)
{
    private const string ClientId = "clientId", ClientSecret = "clientSecret", Verifier = "verifier", State = "state";

    /// <summary>Begins.</summary>
    public async Task<Result<ConnectStep>> BeginAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        if (ServerAddress.Read(request.ServiceUrl is { Length: > 0 } given ? given : MastodonDescriptor.Value.DefaultServiceUrl!) is not { } server) { return ServerAddress.Invalid(); }
        var (app, answer) = await apps.OfAsync(server, request.CallbackUrl, cancellationToken);
        if (app is null) { return Unreachable(answer); }
        var verifier = Base64Url(RandomNumberGenerator.GetBytes(32));
        var flow = new ConnectFlow(server, request.CallbackUrl, new Dictionary<string, string> { [ClientId] = app.ClientId, [ClientSecret] = app.ClientSecret, [Verifier] = verifier, [State] = request.State });
        return new ConnectStep.Redirect(AuthorizeUrl(server, app.ClientId, request, verifier), flow);
    }

    /// <summary>Ends.</summary>
    public async Task<Result<ConnectedAccount>> CompleteAsync(ConnectFlow flow, IReadOnlyDictionary<string, string> callback, CancellationToken cancellationToken)
    {
        if (callback.ContainsKey("error")) { return Problem.Conflict("access_denied", "The server says that access was not given. Connect again and allow it."); }
        if (callback.GetValueOrDefault(State) != flow.Values[State] || callback.GetValueOrDefault("code") is not { Length: > 0 } code || flow.ServiceUrl is not { } server)
        {
            return Problem.Conflict("callback_invalid", "This answer does not belong to a connect that was begun here. Connect again.");
        }
        var answer = await client.PostFormAsync(server, "/oauth/token", new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["client_id"] = flow.Values[ClientId], ["client_secret"] = flow.Values[ClientSecret],
            ["redirect_uri"] = flow.CallbackUrl, ["code_verifier"] = flow.Values[Verifier], ["scope"] = MastodonDescriptor.Scopes,
        }, cancellationToken);
        if (answer is not OutboundAnswer.Answered { IsSuccess: true } yes || yes.Json.Text("access_token") is not { Length: > 0 } token)
        {
            return new Problem(ProblemKind.UpstreamFailed, "token_refused", $"The server gave no token: {MastodonAnswers.Words(answer)}. Connect again.");
        }
        var secrets = new ChannelSecrets { AccessToken = token, Extra = new Dictionary<string, string> { [ClientId] = flow.Values[ClientId], [ClientSecret] = flow.Values[ClientSecret] } };
        return await AccountAsync(server, secrets, cancellationToken);
    }

    /// <summary>The account that a token opens, with the limits its server declares now.</summary>
    public async Task<Result<ConnectedAccount>> AccountAsync(string server, ChannelSecrets secrets, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync(server, secrets.AccessToken, "/api/v1/accounts/verify_credentials", cancellationToken);
        if (answer is OutboundAnswer.Answered { Status: 401 or 403 or 422 }) { return new Problem(ProblemKind.Forbidden, "token_refused", "The server does not accept this sign-in."); }
        if (answer is not OutboundAnswer.Answered { IsSuccess: true } yes || yes.Json.Text("id") is not { Length: > 0 } id || yes.Json.Text("username") is not { Length: > 0 } name) { return Unreachable(answer); }
        return new ConnectedAccount
        {
            RemoteAccountId = id, Handle = $"{name}@{new Uri(server).Authority}", DisplayName = yes.Json.Text("display_name") is { Length: > 0 } display ? display : name,
            ProfileUrl = yes.Json.Text("url"), AvatarUrl = yes.Json.Text("avatar"), ServiceUrl = server, Secrets = secrets, Limits = await limits.ReadAsync(server, cancellationToken),
        };
    }

    private static string AuthorizeUrl(string server, string clientId, ConnectRequest request, string verifier)
    {
        var query = new Dictionary<string, string>
        {
            ["response_type"] = "code", ["client_id"] = clientId, ["redirect_uri"] = request.CallbackUrl, ["scope"] = MastodonDescriptor.Scopes, [State] = request.State,
            ["code_challenge"] = Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), ["code_challenge_method"] = "S256",
        };
        return $"{server}/oauth/authorize?{string.Join('&', query.Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value)}"))}";
    }

    private static Problem Unreachable(OutboundAnswer answer) => answer is OutboundAnswer.Failed { Failure: OutboundFailure.Refused } refused
        ? Problem.InvalidField("serviceUrl", "url_refused", $"This server cannot be called: {refused.Detail}.")
        : new Problem(ProblemKind.UpstreamFailed, "connect_failed", $"There is no Mastodon server that answers there: {MastodonAnswers.Words(answer)}. Check the address and try again.");

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
