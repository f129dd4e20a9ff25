using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>Checks publications against their channels' limits before their time: the same rules as the composer's and the dispatcher's.</summary>
public sealed class DraftCheck(IChannels channels, INetworks networks, IDraftRules rules)
{
    /// <summary>The channels of the publications, or a problem that names every publication that could not be sent.</summary>
    public async Task<Result<IReadOnlyDictionary<string, ChannelView>>> RunAsync(Caller caller, IReadOnlyList<Publication> publications, CancellationToken cancellationToken)
    {
        var found = (await channels.FindAsync(caller, [.. publications.Select(p => p.ChannelId).Distinct()], cancellationToken)).ToDictionary(c => c.Id);
        var problems = new Dictionary<string, string[]>();
        foreach (var publication in publications)
        {
            var against = Against(publication, found.GetValueOrDefault(publication.ChannelId));
            if (against.Length > 0) { problems[$"channels.{publication.ChannelId}"] = against; }
        }
        return problems.Count == 0 ? found : Problem.Invalid("draft_invalid", problems.Values.First()[0]) with { Fields = problems };
    }

    private string[] Against(Publication publication, ChannelView? channel)
    {
        if (channel is null || networks.Find(publication.Network) is not { } network) { return ["The channel is no longer there. Take it off the post."]; }
        return [.. Problems(rules, network.Descriptor, channel.Limits, publication.Content).Select(p => $"{channel.DisplayName}: {p.Message}")];
    }

    /// <summary>What stands against sending the content.</summary>
    public static IEnumerable<DraftProblem> Problems(IDraftRules rules, NetworkDescriptor network, NetworkLimits limits, PublicationContent content) =>
        rules.Check(network, limits, [.. content.Parts.Select(p => new DraftPart(p.Text, [.. p.Media.Select(m => new DraftMedia(m.ContentType, m.Size, m.AltText))]))]).Where(p => p.Blocking);

    /// <summary>Why a channel cannot be sent to; null where it can.</summary>
    public static PublicationError? Unusable(ChannelStatus status) => status switch
    {
        ChannelStatus.Paused => new("channel_paused", "The channel is paused.", "Resume the channel; its publications then go on."),
        ChannelStatus.NeedsReconnect => new("channel_needs_reconnect", "The network no longer accepts the channel's sign-in.", "Reconnect the channel; its publications then go on."),
        _ => null,
    };
}
