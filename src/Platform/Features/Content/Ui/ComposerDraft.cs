using Platform.Features.Content.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Networks;

namespace Platform.Features.Content.Ui;

/// <summary>One part of the draft on the screen.</summary>
public sealed class ComposerPart
{
    /// <summary>Stays the same while parts move, for <c>@key</c>.</summary>
    public string Key { get; } = Primitives.Ids.New();

    /// <summary>Its text.</summary>
    public string Text { get; set; } = "";

    /// <summary>Its media, in order.</summary>
    public List<MediaView> Media { get; } = [];
}

/// <summary>What a person is writing: held by the composer page, saved as a post. Plain state, no services.</summary>
public sealed class ComposerDraft
{
    private readonly Dictionary<string, string> _variants = [];
    private readonly List<string> _channelIds = [];

    /// <summary>The post it is saved as; null before the first save.</summary>
    public string? PostId { get; private set; }

    /// <summary>The version it was loaded or saved as.</summary>
    public long Version { get; private set; }

    /// <summary>The parts; there is always one.</summary>
    public List<ComposerPart> Parts { get; } = [new()];

    /// <summary>The channels, in the order chosen.</summary>
    public IReadOnlyList<string> ChannelIds => _channelIds;

    /// <summary>First-part texts of their own, by channel.</summary>
    public IReadOnlyDictionary<string, string> Variants => _variants;

    /// <summary>Labels.</summary>
    public List<string> Labels { get; } = [];

    /// <summary>The campaign it belongs to.</summary>
    public string? CampaignId { get; set; }

    /// <summary>Whether links are tagged when it goes out.</summary>
    public bool TagLinks { get; private set; } = true;

    /// <summary>The tags it was saved with; null: those that the organization has now.</summary>
    public UtmDefaults? Utm { get; private set; }

    /// <summary>When it was made, for tags that hold the date; null: now.</summary>
    public DateTimeOffset? CreatedAt { get; private set; }

    /// <summary>Grows with every change a person makes; tells whether a save is behind.</summary>
    public long Revision { get; private set; }

    /// <summary>Nothing worth saving.</summary>
    public bool IsBlank => Parts.All(p => string.IsNullOrWhiteSpace(p.Text) && p.Media.Count == 0) && _variants.Count == 0;

    /// <summary>Takes over a stored post; its media are looked up by id.</summary>
    public void Load(PostView post, IReadOnlyDictionary<string, MediaView> media)
    {
        (PostId, Version, CampaignId) = (post.Id, post.Version, post.CampaignId);
        (TagLinks, Utm, CreatedAt) = (post.Utm is not null, post.Utm, post.CreatedAt);
        Parts.Clear();
        Parts.Add(Part(post.Text, post.MediaIds, media));
        Parts.AddRange(post.Parts.Select(p => Part(p.Text, p.MediaIds, media)));
        _channelIds.Clear();
        _channelIds.AddRange(post.ChannelIds);
        _variants.Clear();
        foreach (var (channel, variant) in post.Variants) { _variants[channel] = variant.Text; }
        Labels.Clear();
        Labels.AddRange(post.Labels);
    }

    /// <summary>Notes that a save was stored.</summary>
    public void Saved(PostView post) => (PostId, Version, Utm, CreatedAt) = (post.Id, post.Version, post.Utm, post.CreatedAt);

    /// <summary>Switches the tags on or off.</summary>
    public void Tag(bool on)
    {
        TagLinks = on;
        Touch();
    }

    /// <summary>Keeps what is on the screen and takes only the stored version, so that the next save wins ("keep mine").</summary>
    public void Overrule(PostView stored) => (PostId, Version, Revision) = (stored.Id, stored.Version, Revision + 1);

    /// <summary>A person changed something.</summary>
    public void Touch() => Revision++;

    /// <summary>Adds or takes away a channel; its variant goes with it.</summary>
    public void Toggle(string channelId)
    {
        if (_channelIds.Remove(channelId)) { _variants.Remove(channelId); } else { _channelIds.Add(channelId); }
        Touch();
    }

    /// <summary>The first part's text as a channel will get it.</summary>
    public string TextFor(string channelId) => _variants.GetValueOrDefault(channelId, Parts[0].Text);

    /// <summary>Gives a channel a text of its own; null or the common text takes it away.</summary>
    public void SetVariant(string channelId, string? text)
    {
        if (text is null) { _variants.Remove(channelId); } else { _variants[channelId] = text; }
        Touch();
    }

    /// <summary>Adds an empty part after another.</summary>
    public ComposerPart AddPart(ComposerPart? after = null)
    {
        var part = new ComposerPart();
        Parts.Insert(after is null ? Parts.Count : Parts.IndexOf(after) + 1, part);
        Touch();
        return part;
    }

    /// <summary>Takes a part away; the last one is emptied instead. Returns where it was, for undo.</summary>
    public int RemovePart(ComposerPart part)
    {
        var at = Parts.IndexOf(part);
        Parts.Remove(part);
        if (Parts.Count == 0) { Parts.Add(new()); }
        Touch();
        return at;
    }

    /// <summary>Moves a part up (-1) or down (+1).</summary>
    public void Move(ComposerPart part, int by)
    {
        var at = Parts.IndexOf(part);
        var to = at + by;
        if (to < 0 || to >= Parts.Count) { return; }
        (Parts[at], Parts[to]) = (Parts[to], Parts[at]);
        Touch();
    }

    /// <summary>The parts as the rules look at them, for one channel.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="tagged">What becomes of a text on its way out.</param>
    public IReadOnlyList<DraftPart> PartsFor(string channelId, Func<string, string> tagged) =>
        [.. Parts.Select((p, i) => new DraftPart(tagged(i == 0 ? TextFor(channelId) : p.Text), [.. p.Media.Select(m => new DraftMedia(m.ContentType, m.Size, m.AltText))]))];

    /// <summary>What is saved.</summary>
    public NewPost ToPost() => new()
    {
        Text = Parts[0].Text,
        ChannelIds = [.. _channelIds],
        Variants = _variants.ToDictionary(v => v.Key, v => new PostVariant(v.Value)),
        Parts = [.. Parts.Skip(1).Select(p => new PostPart(p.Text, [.. p.Media.Select(m => m.Id)]))],
        MediaIds = [.. Parts[0].Media.Select(m => m.Id)],
        CampaignId = CampaignId,
        Labels = [.. Labels],
        TagLinks = TagLinks,
    };

    private static ComposerPart Part(string text, IReadOnlyList<string> mediaIds, IReadOnlyDictionary<string, MediaView> media)
    {
        var part = new ComposerPart { Text = text };
        part.Media.AddRange(mediaIds.Where(media.ContainsKey).Select(id => media[id]));
        return part;
    }
}
