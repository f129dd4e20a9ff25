using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Checks one kind's access tokens, and remembers by their hash those that were good: a token comes with every request of its session. Only what cannot
/// change is remembered, and only until the keys are read again (every half minute). A token's time is looked at with every use, and its session, which it
/// only names, by whoever asks (<see cref="CheckSession"/>).
/// </summary>
public sealed class RememberedTokens(AccessTokens tokens) : TokenHandler
{
    private const int Most = 10_000;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private volatile Memory _memory = new(null);

    /// <inheritdoc />
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var memory = Present();
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (memory.Good.TryGetValue(hash, out var known) && IsInTime(known.SecurityToken, validationParameters)) { return known; }
        var result = await _handler.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid) { memory.Keep(hash, result); }
        return result;
    }

    // Taken before a token is checked: what is checked with keys that are read meanwhile goes with the memory of the keys before.
    private Memory Present()
    {
        var keys = tokens.Loaded;
        var memory = _memory;
        return ReferenceEquals(memory.Keys, keys) ? memory : _memory = new Memory(keys);
    }

    private static bool IsInTime(SecurityToken token, TokenValidationParameters checks) => checks.LifetimeValidator(token.ValidFrom, token.ValidTo, token, checks);

    private sealed class Memory(object? keys)
    {
        public object? Keys { get; } = keys;

        public ConcurrentDictionary<string, TokenValidationResult> Good { get; } = new(StringComparer.Ordinal);

        public void Keep(string hash, TokenValidationResult result)
        {
            if (Good.Count >= Most) { Good.Clear(); }
            Good[hash] = result;
        }
    }
}
