using System.Security.Cryptography;
using System.Text;
using Platform.Features.Sandbox.Domain;
using Platform.Features.Sandbox.Store;
using Platform.Networks;
using Platform.Primitives;

namespace Platform.Features.Sandbox.Actions;

/// <summary>Opens accounts and gives out tokens. Only hashes are kept; a refresh token is good for one use.</summary>
public sealed class Tokens(SandboxStore store, SandboxAddress address, TimeProvider time)
{
    /// <summary>What a token is stored as.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Opens an account for a channel, or gives the channel's account new tokens where it has one already (a reconnect keeps the posts).</summary>
    public async Task<SandboxReply> OpenAsync(SandboxCall call, CancellationToken cancellationToken)
    {
        var organization = Text(call, "organizationId") is { } given && Ids.IsValid(given) ? given : Ids.New();
        var channel = Text(call, "channelId") is { } id && Ids.IsValid(id) ? id : Ids.New();
        var (token, refresh) = (Make(), Make());
        if (call.IsLocal && await store.ByChannelAsync(channel, cancellationToken) is { } known && known.OrganizationId == organization)
        {
            var renewed = await store.SwapTokensAsync(known, known.RefreshHash, Hash(token), Hash(refresh), cancellationToken);
            return renewed is null ? Reply.Error(409, "busy", "The account is being changed; try again.") : Opened(200, renewed, token, refresh);
        }
        var account = new SandboxAccount
        {
            OrganizationId = organization, ChannelId = channel, Handle = "", DisplayName = Text(call, "displayName") is { Length: > 0 } name ? Cut(name, 80) : "Practice channel",
            TokenHash = Hash(token), RefreshHash = Hash(refresh), CreatedAt = time.GetUtcNow(),
        };
        return Opened(201, await AddAsync(account, Text(call, "handle"), cancellationToken), token, refresh);
    }

    /// <summary>Gives new tokens for a refresh token.</summary>
    public async Task<SandboxReply> RefreshAsync(SandboxCall call, CancellationToken cancellationToken)
    {
        var old = Hash(Text(call, "refreshToken") ?? "");
        if (await store.CountRefreshAsync(old, cancellationToken) is not { } account) { return Invalid(); }
        if (account.Behavior.Refresh is SandboxRefresh.Error) { return Reply.Error(500, "internal", "Something went wrong."); }
        if (account.Behavior.Refresh is SandboxRefresh.InvalidGrant) { return Invalid(); }
        var (token, refresh) = (Make(), Make());
        return await store.SwapTokensAsync(account, old, Hash(token), Hash(refresh), cancellationToken) is null
            ? Invalid()
            : Reply.Of(200, new { accessToken = token, refreshToken = refresh });
    }

    /// <summary>What everyone may know of an account.</summary>
    public object Profile(SandboxAccount account) => new { account.Id, account.Handle, account.DisplayName, url = address.OfAccount(account) };

    private static SandboxReply Invalid() => Reply.Error(400, "invalid_grant", "The refresh token is not known or was used before.");

    private async Task<SandboxAccount> AddAsync(SandboxAccount account, string? wish, CancellationToken cancellationToken)
    {
        var slug = Slug(wish is { Length: > 0 } ? wish : account.DisplayName);
        // A public page is found by its handle alone: two organizations' channels must never share one.
        var taken = await store.ByHandleAsync(slug, cancellationToken) is not null;
        return await store.AddAsync(account with { Handle = taken ? $"{slug}-{account.Id[^6..]}" : slug }, cancellationToken);
    }

    private SandboxReply Opened(int status, SandboxAccount account, string token, string refresh) => Reply.Of(status, new
    {
        account.Id, account.Handle, account.DisplayName, url = address.OfAccount(account), accessToken = token, refreshToken = refresh,
    });

    private static string Make() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    private static string Slug(string name)
    {
        var letters = name.Trim().TrimStart('@').ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').ToArray();
        var slug = Cut(string.Join('-', new string(letters).Split('-', StringSplitOptions.RemoveEmptyEntries)), 40);
        return slug.Length > 0 ? slug : "channel";
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    private static string? Text(SandboxCall call, string name) => Json.Text(call.Body, name);
}
