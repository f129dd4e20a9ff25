using Platform.Features.Agents.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>A place a text is for: a channel, or a network where no channel was named.</summary>
public sealed record Target(string? ChannelId, string Name, NetworkDescriptor Network, NetworkLimits Limits);

/// <summary>What a text is for, as an action's caller names it. Channels go before networks.</summary>
public sealed record TargetNames(IReadOnlyList<string>? ChannelIds, IReadOnlyList<string>? Networks);

/// <summary>Finds targets and holds texts against them, by the code that the composer and the dispatcher use.</summary>
public sealed class Targets(IChannels channels, INetworks networks, IDraftRules rules)
{
    private const int Full = 1_000;

    /// <summary>The targets named; none is allowed and means that no limit is known.</summary>
    public async Task<Result<IReadOnlyList<Target>>> FindAsync(Caller caller, TargetNames names, CancellationToken cancellationToken)
    {
        if (names.ChannelIds is { Count: > 0 } ids)
        {
            var found = (await channels.FindAsync(caller, ids, cancellationToken)).ToDictionary(c => c.Id);
            return ids.FirstOrDefault(id => !found.ContainsKey(id)) is not null
                ? Problem.NotFound("channel")
                : ids.Distinct().Select(id => OfChannel(found[id])).OfType<Target>().ToList();
        }
        var keys = names.Networks ?? [];
        return keys.FirstOrDefault(key => networks.Find(key) is null) is { } unknown
            ? Problem.InvalidField("networks", "unknown_network", $"There is no network '{unknown}'. Known are {string.Join(", ", networks.All.Select(n => n.Descriptor.Key))}.")
            : keys.Distinct().Select(key => networks.Find(key)!.Descriptor).Select(d => new Target(null, d.Name, d, d.Limits)).ToList();
    }

    /// <summary>How a text stands to a target. What only media could cure (a network that wants an image) is no fault of a text.</summary>
    public TargetFit Fit(Target target, string text)
    {
        var length = rules.Measure(target.Limits, text);
        var problems = rules.Check(target.Network, target.Limits with { RequiresMedia = false }, [new(text, [])]).Where(p => p.Blocking).Select(p => p.Message).ToList();
        return new(target.ChannelId, target.Network.Key, length.Length, length.Limit, problems.Count == 0, problems);
    }

    /// <summary>
    /// The tightest of several limits as one: a measure and its limit. Networks count differently, so each length is taken as a share of its own
    /// limit, in thousandths, and the largest counts. A limit of 0 means that there is none.
    /// </summary>
    public (int Limit, Func<string, int> Measure) Tightest(IReadOnlyList<Target> targets)
    {
        var limited = targets.Where(t => t.Limits.MaxText > 0 || t.Limits.MaxTextBytes > 0).ToList();
        return limited.Count == 0 ? (0, text => text.Length) : (Full, text => limited.Max(t => Share(t, text)));
    }

    /// <summary>The limits in words, for a prompt.</summary>
    public static string Words(IReadOnlyList<Target> targets) => targets.Count == 0
        ? "at most 500 characters"
        : string.Join("; ", targets.DistinctBy(t => t.Network.Key).Select(t => t.Limits.MaxText > 0 ? $"at most {t.Limits.MaxText} characters on {t.Network.Name}" : $"no limit on {t.Network.Name}"));

    private int Share(Target target, string text)
    {
        var length = rules.Measure(target.Limits, text);
        var share = length.Limit > 0 ? Ceiling(length.Length, length.Limit) : 0;
        return target.Limits.MaxTextBytes > 0 ? Math.Max(share, Ceiling(System.Text.Encoding.UTF8.GetByteCount(text), target.Limits.MaxTextBytes)) : share;
    }

    private static int Ceiling(long length, int limit) => (int)(((length * Full) + limit - 1) / limit);

    private Target? OfChannel(ChannelView channel) =>
        networks.Find(channel.Network) is { } network ? new(channel.Id, $"{channel.DisplayName} ({network.Descriptor.Name})", network.Descriptor, channel.Limits) : null;
}
