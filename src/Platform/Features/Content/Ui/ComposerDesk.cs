using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Networks;

namespace Platform.Features.Content.Ui;

/// <summary>What lies around a draft: the channels, their networks and the rules. Answers what the page shows beside the text.</summary>
public sealed class ComposerDesk(IReadOnlyList<ChannelView> channels, INetworks networks, IDraftRules rules, LinkTags defaults)
{
    /// <summary>All channels.</summary>
    public IReadOnlyList<ChannelView> Channels => channels;

    /// <summary>The channels chosen, in the order chosen; those removed meanwhile are left out.</summary>
    public IEnumerable<ChannelView> Chosen(ComposerDraft draft) => draft.ChannelIds.Select(Find).OfType<ChannelView>();

    /// <summary>A channel by id.</summary>
    public ChannelView? Find(string id) => channels.FirstOrDefault(c => c.Id == id);

    /// <summary>The network's name.</summary>
    public string NameOf(ChannelView channel) => Descriptor(channel)?.Name ?? channel.Network;

    /// <summary>The network's colour.</summary>
    public string ColorOf(ChannelView channel) => Descriptor(channel)?.Color ?? "currentcolor";

    /// <summary>What links of the draft are or would be tagged with; null: the organization tags none.</summary>
    public UtmDefaults? TagsOf(ComposerDraft draft) => draft.Utm ?? (defaults.Utm is { IsEmpty: false } now ? now : null);

    /// <summary>The texts of all parts as they go out on a channel.</summary>
    public IReadOnlyList<string> TextsOf(ComposerDraft draft, ChannelView channel) => [.. PartsOf(draft, channel).Select(p => p.Text)];

    /// <summary>The length of every part on a channel.</summary>
    public IReadOnlyList<TextLength> LengthsOf(ComposerDraft draft, ChannelView channel) =>
        [.. PartsOf(draft, channel).Select(p => rules.Measure(channel.Limits, p.Text))];

    /// <summary>What stands against sending on a channel; nothing for a blank draft, which nobody needs to be told.</summary>
    public IReadOnlyList<DraftProblem> ProblemsOf(ComposerDraft draft, ChannelView channel) =>
        draft.IsBlank || Descriptor(channel) is not { } network ? [] : rules.Check(network, channel.Limits, PartsOf(draft, channel));

    /// <summary>Whether anything stands against sending.</summary>
    public bool IsBlocked(ComposerDraft draft) => draft.IsBlank || !Chosen(draft).Any() || Chosen(draft).Any(c => ProblemsOf(draft, c).Any(p => p.Blocking));

    /// <summary>What is left of each chosen network's limit for a part; one entry a network and limit, the channel's alone where it has a text of its own.</summary>
    public IReadOnlyList<LimitLeft> LimitsOf(ComposerDraft draft, int part, string? variantOf)
    {
        var shown = Chosen(draft).Where(c => variantOf is null ? part > 0 || !draft.Variants.ContainsKey(c.Id) : c.Id == variantOf || part > 0);
        return [.. shown.DistinctBy(c => (c.Network, c.Limits.MaxText)).Select(c => Left(c, rules.Measure(c.Limits, PartsOf(draft, c)[part].Text))).OfType<LimitLeft>()];
    }

    private IReadOnlyList<DraftPart> PartsOf(ComposerDraft draft, ChannelView channel)
    {
        var tags = new LinkTags(draft.TagLinks ? TagsOf(draft) : null, draft.CreatedAt ?? defaults.PostedAt);
        return draft.PartsFor(channel.Id, text => tags.Apply(text, channel.Network, channel.Handle));
    }

    private LimitLeft? Left(ChannelView channel, TextLength length)
    {
        if (length.Limit == 0) { return null; }
        var left = length.Limit - length.Length;
        var name = NameOf(channel);
        return new(channel.Network, name, ColorOf(channel), left, left >= 0 && left <= length.Limit / 10, left < 0, $"{name}: {length.Length} of {length.Limit} {length.Unit.ToString().ToLowerInvariant()}");
    }

    private NetworkDescriptor? Descriptor(ChannelView channel) => networks.Find(channel.Network)?.Descriptor;
}
