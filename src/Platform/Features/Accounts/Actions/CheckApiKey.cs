using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Says who an API key acts as at this moment: the member who made it, with the role of now, limited to the key's scopes. Asked with every request that carries a key;
/// the answer is kept for seconds and dropped at once when the key is revoked or the member changes.
/// </summary>
public sealed class CheckApiKey(ApiKeyStore keys, AccountStore accounts, IOrganizations organizations, VerifiedEmail verified, SessionCache cache)
{
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(5);

    /// <summary>The standing; null where the text is no key, or the key is over.</summary>
    /// <param name="text">What the request carried.</param>
    /// <param name="address">Where it came from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Standing?> RunAsync(string text, string? address, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.IsWellFormed(text)) { return null; }
        var hash = OpaqueToken.Hash(text);
        if (cache.TryGet($"key:{hash}", out var known)) { return known; }
        var seen = cache.Generation;
        if (await keys.BySecretAsync(hash, cancellationToken) is not { } key) { return null; }
        var standing = await StandingAsync(key, cancellationToken);
        if (standing is { Restriction: null } && (key.LastUsedAt is not { } last || cache.Now - last > TouchEvery)) { await TouchAsync(key, address, cancellationToken); }
        cache.KeepKey($"key:{hash}", key.UserId, standing, seen);
        return standing;
    }

    // That a use cannot be written down (a full disk, a locked file) is no reason to refuse it: reading goes on.
    private async Task TouchAsync(ApiKey key, string? address, CancellationToken cancellationToken)
    {
        try { await keys.UsedAsync(key.Id, cache.Now, address, cancellationToken); }
        catch (StorageUnavailableException) { /* the next use is written down */ }
    }

    private async Task<Standing?> StandingAsync(ApiKey key, CancellationToken cancellationToken)
    {
        if (key.RevokedAt is not null || key.ExpiresAt <= cache.Now) { return null; }
        if (await accounts.GetAsync(key.UserId, cancellationToken) is not { Suspended: false, Kind: CallerKind.Person } account) { return null; }
        // It dies with the membership: one who was removed and comes back makes new keys.
        var place = (await organizations.OfUserAsync(account.Id, cancellationToken)).FirstOrDefault(p => p.OrganizationId == key.OrganizationId);
        if (place is null || place.JoinedAt > key.CreatedAt) { return null; }
        var caller = new Caller { Kind = CallerKind.Person, UserId = account.Id, Name = account.DisplayName(), ApiKeyId = key.Id, Scopes = key.Scopes.ToHashSet() };
        if (!account.EmailVerified && verified.Required) { return new Standing(caller, "email_not_verified"); }
        if (place.Suspended) { return new Standing(caller, "organization_suspended"); }
        if (place.RequiresTwoFactor && !key.TwoFactors) { return new Standing(caller, "two_factor_required"); }
        return new Standing(caller with { Organization = new OrganizationId(place.OrganizationId), Role = place.Role, Channels = place.Channels }, null);
    }
}
