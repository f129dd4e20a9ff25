using System.Text.Json;
using Platform.Api;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>A claimed Idempotency-Key and, when it is there, the sealed answer.</summary>
public sealed record IdempotencyRecord : Document, IPlatformOwned
{
    /// <summary>The hash of the request.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>When it was claimed.</summary>
    public required DateTimeOffset ClaimedAt { get; init; }

    /// <summary>The answer, sealed: it may hold tokens.</summary>
    public string? SealedAnswer { get; init; }
}

/// <inheritdoc cref="IIdempotencyStore" />
public sealed class IdempotencyStore(IDocumentStore store, ISecretBox box, TimeProvider time) : IIdempotencyStore
{
    // A request that has not answered by now died with its process; its key may be claimed again.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    /// <summary>The collection; answers are kept for two days.</summary>
    public static readonly Collection<IdempotencyRecord> Collection = new Collection<IdempotencyRecord>("idempotency_records").Expire("old", r => r.ClaimedAt, TimeSpan.FromDays(2));

    private IDocuments<IdempotencyRecord> All => store.ForPlatform<IdempotencyRecord>(Caller.Platform);

    /// <inheritdoc />
    public async Task<KeyClaim> ClaimAsync(string key, string fingerprint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            await All.InsertAsync(new IdempotencyRecord { Id = key, Fingerprint = fingerprint, ClaimedAt = now }, cancellationToken);
            return new KeyClaim(Mine: true, SameRequest: true, null);
        }
        catch (DuplicateKeyException) { return await LookAsync(key, fingerprint, now, cancellationToken); }
    }

    /// <inheritdoc />
    public Task KeepAsync(string key, KeptAnswer answer, CancellationToken cancellationToken)
    {
        var sealedAnswer = box.Seal(JsonSerializer.Serialize(answer), AadOf(key));
        return All.UpdateOneAsync(r => r.Id == key, new Update<IdempotencyRecord>().Set(r => r.SealedAnswer, sealedAnswer), cancellationToken: cancellationToken);
    }

    /// <inheritdoc />
    public Task ReleaseAsync(string key, CancellationToken cancellationToken) => All.DeleteAsync(key, cancellationToken);

    private async Task<KeyClaim> LookAsync(string key, string fingerprint, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limit = now - Abandoned;
        var taken = await All.UpdateOneAsync(
            r => r.Id == key && r.Fingerprint == fingerprint && r.SealedAnswer == null && r.ClaimedAt < limit, new Update<IdempotencyRecord>().Set(r => r.ClaimedAt, now), cancellationToken: cancellationToken);
        if (taken is not null) { return new KeyClaim(Mine: true, SameRequest: true, null); }
        var record = await All.GetAsync(key, cancellationToken);
        var answer = record?.SealedAnswer is { } text ? JsonSerializer.Deserialize<KeptAnswer>(box.Open(text, AadOf(key))) : null;
        return new KeyClaim(Mine: false, SameRequest: record is null || record.Fingerprint == fingerprint, answer);
    }

    /// <summary>What a kept answer is bound to.</summary>
    internal static string AadOf(string key) => $"idempotency:{key}";
}
