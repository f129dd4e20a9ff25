using Microsoft.Extensions.Options;
using Platform.Features.Sandbox.Store;
using Platform.Networks;

namespace Platform.Features.Sandbox.Actions;

/// <inheritdoc cref="ISandboxServer" />
internal sealed class SandboxServer(SandboxStore store, Tokens tokens, TakePost takePost, EditPost editPost, ReadPosts read, IOptions<SandboxSettings> settings) : ISandboxServer
{
    /// <inheritdoc />
    public async Task<SandboxReply> HandleAsync(SandboxCall call, CancellationToken cancellationToken)
    {
        if (!settings.Value.Enabled) { return Reply.Error(404, "not_found", "There is no practice network here."); }
        switch (call.Method, call.Path)
        {
            case ("POST", "accounts"):
                return call.IsLocal || settings.Value.OpenRegistration ? await tokens.OpenAsync(call, cancellationToken) : Reply.Error(403, "registration_closed", "Accounts are opened from the channels page of this installation.");
            case ("POST", "token"):
                return await tokens.RefreshAsync(call, cancellationToken);
            default:
                return await AuthorizedAsync(call, cancellationToken);
        }
    }

    private async Task<SandboxReply> AuthorizedAsync(SandboxCall call, CancellationToken cancellationToken)
    {
        var account = call.Token is { Length: > 0 } token ? await store.ByTokenAsync(Tokens.Hash(token), cancellationToken) : null;
        if (account is null) { return Reply.Error(401, "token_invalid", "The token is not known."); }
        if (account.Behavior.TokenExpired) { return Reply.Error(401, "token_expired", "The token has ended."); }
        return (call.Method, call.Path.Split('/')) switch
        {
            ("POST", ["posts"]) => await takePost.RunAsync(account, call, cancellationToken),
            ("GET", ["posts"]) => await read.FindAsync(account, call, cancellationToken),
            ("GET", ["posts", var id]) => await read.OneAsync(account, id, cancellationToken),
            ("PUT", ["posts", var id]) => await editPost.RunAsync(account, id, call, cancellationToken),
            ("DELETE", ["posts", var id]) => await read.DeleteAsync(account, id, cancellationToken),
            ("GET", ["posts", var id, "replies"]) => await read.RepliesAsync(account, id, cancellationToken),
            ("GET", ["metrics"]) => await read.MetricsAsync(account, call, cancellationToken),
            ("GET", ["account"]) => Reply.Of(200, tokens.Profile(account)),
            ("GET", ["account", "metrics"]) => await read.AccountAsync(account, cancellationToken),
            _ => Reply.Error(404, "not_found", "There is no such call."),
        };
    }
}
