using Platform.Networks;

namespace Platform.Features.Channels.Actions;

/// <summary>What of a refresh's answer is stored.</summary>
internal static class TokenRules
{
    /// <summary>The new tokens over the old: what came empty stays as it was; an end is only what the network said. Null where there is no access token.</summary>
    public static ChannelSecrets? Merge(ChannelSecrets old, ChannelSecrets fresh)
    {
        if (string.IsNullOrWhiteSpace(fresh.AccessToken)) { return null; }
        var extra = old.Extra.ToDictionary();
        foreach (var (key, value) in fresh.Extra.Where(pair => !string.IsNullOrWhiteSpace(pair.Value))) { extra[key] = value; }
        return fresh with { RefreshToken = string.IsNullOrWhiteSpace(fresh.RefreshToken) ? old.RefreshToken : fresh.RefreshToken, Extra = extra };
    }
}
