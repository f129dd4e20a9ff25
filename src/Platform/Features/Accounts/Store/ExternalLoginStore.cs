using Platform.Features.Accounts.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>An identity at a provider that opens an account. Its id is made of issuer and subject, so that one identity opens one account only; an address never does.</summary>
public sealed record ExternalLogin : Document, IPlatformOwned
{
    /// <summary>The account it opens.</summary>
    public required string UserId { get; init; }

    /// <summary>Who vouches for it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Who it is there.</summary>
    public required string Subject { get; init; }

    /// <summary>The address or name that the provider told when it was connected, to show.</summary>
    public required string Label { get; init; }

    /// <summary>When it was connected.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>When somebody last came in with it.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The id of an identity.</summary>
    public static string IdOf(string issuer, string subject) => OpaqueToken.Hash($"{issuer}\n{subject}");
}

/// <summary>A way to the provider and back, begun and not finished. Stored under the hash of its state; used once.</summary>
public sealed record OpenIdTrip : Document, IPlatformOwned
{
    /// <summary>The hash of what the browser that began it holds in a cookie.</summary>
    public required string BrowserHash { get; init; }

    /// <summary>Must come back in the ID token.</summary>
    public required string Nonce { get; init; }

    /// <summary>What the code is exchanged with (PKCE).</summary>
    public required string Verifier { get; init; }

    /// <summary>Where to go afterwards.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary>The account that the identity is to be connected to; null: to sign in.</summary>
    public string? ConnectTo { get; init; }

    /// <summary>Until when it may come back.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Identities at providers, and the ways there.</summary>
public sealed class ExternalLoginStore(IDocumentStore store, TimeProvider time)
{
    /// <summary>The identities.</summary>
    public static readonly Collection<ExternalLogin> Collection = new Collection<ExternalLogin>("external_logins").Index("by_user", Sort<ExternalLogin>.By(l => l.UserId));

    /// <summary>The ways.</summary>
    public static readonly Collection<OpenIdTrip> Trips = new Collection<OpenIdTrip>("openid_trips").Expire("expired", t => t.ExpiresAt, TimeSpan.FromHours(1));

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private IDocuments<ExternalLogin> All => store.ForPlatform<ExternalLogin>(Caller.Platform);

    private IDocuments<OpenIdTrip> Ways => store.ForPlatform<OpenIdTrip>(Caller.Platform);

    /// <summary>The identity, where it opens an account.</summary>
    public Task<ExternalLogin?> FindAsync(string issuer, string subject, CancellationToken cancellationToken) => All.GetAsync(ExternalLogin.IdOf(issuer, subject), cancellationToken);

    /// <summary>Those of an account; at most 20.</summary>
    public async Task<IReadOnlyList<ExternalLogin>> OfAsync(string userId, CancellationToken cancellationToken) =>
        (await All.FindAsync(new Query<ExternalLogin> { Filter = l => l.UserId == userId, Limit = 20 }, cancellationToken)).Items;

    /// <summary>Remembers that somebody came in with it.</summary>
    public Task UsedAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return All.UpdateOneAsync(l => l.Id == id, new Update<ExternalLogin>().Set(l => l.LastUsedAt, now), cancellationToken: cancellationToken);
    }

    /// <summary>Begins a way; returns the state for the address and the text for the browser's cookie.</summary>
    public async Task<(string State, string Browser)> BeginAsync(string nonce, string verifier, string? returnUrl, string? connectTo, CancellationToken cancellationToken)
    {
        var (state, browser) = (OpaqueToken.New(), OpaqueToken.New());
        await Ways.InsertAsync(
            new OpenIdTrip
            {
                Id = OpaqueToken.Hash(state), BrowserHash = OpaqueToken.Hash(browser), Nonce = nonce, Verifier = verifier, ReturnUrl = returnUrl, ConnectTo = connectTo, ExpiresAt = time.GetUtcNow() + Lifetime,
            },
            cancellationToken);
        return (state, browser);
    }

    /// <summary>Ends a way: exactly one caller gets it, once, in the browser that began it, before its time is up.</summary>
    public async Task<OpenIdTrip?> EndAsync(string state, string browser, CancellationToken cancellationToken)
    {
        var trip = await Ways.GetAsync(OpaqueToken.Hash(state), cancellationToken);
        if (trip is null || trip.BrowserHash != OpaqueToken.Hash(browser) || trip.ExpiresAt <= time.GetUtcNow()) { return null; }
        return await Ways.DeleteAsync(trip.Id, cancellationToken) ? trip : null;
    }
}
