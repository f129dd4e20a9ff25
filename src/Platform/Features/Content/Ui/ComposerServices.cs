using System.Globalization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Ui;

/// <summary>What the composer page needs of other features, through their doors.</summary>
public sealed class ComposerServices(IPosts posts, IScheduling scheduling, IChannels channels, IMedia media, INetworks networks, IDraftRules rules)
{
    /// <summary>Posts.</summary>
    public IPosts Posts => posts;

    /// <summary>Times.</summary>
    public IScheduling Scheduling => scheduling;

    /// <summary>The channels as they are now, with the rules around them.</summary>
    public async Task<ComposerDesk> DeskAsync(Caller caller) => new(await channels.ListAsync(caller, CancellationToken.None), networks, rules);

    /// <summary>Loads a stored post into the draft; the problem where it cannot be edited.</summary>
    public async Task<Problem?> LoadAsync(Caller caller, string id, ComposerDraft draft)
    {
        var post = await posts.GetAsync(caller, id, CancellationToken.None);
        if (!post.Ok) { return post.Problem; }
        var ids = post.Value.MediaIds.Concat(post.Value.Parts.SelectMany(p => p.MediaIds)).Distinct().ToList();
        var found = ids.Count == 0 ? [] : await media.FindAsync(caller, ids, CancellationToken.None);
        draft.Load(post.Value, found.ToDictionary(m => m.Id));
        Due = post.Value.Publications.Select(p => p.Due).FirstOrDefault(d => d is not null);
        return null;
    }

    /// <summary>The wall clock that the loaded post is planned for, in the zone it was chosen in; null where it is a new one or has no time.</summary>
    public DateTime? PlannedFor(ComposerDraft draft, ref string zone)
    {
        if (draft.PostId is null || Due is null) { return null; }
        zone = Due.TimeZone;
        return DateTime.Parse(Due.LocalTime, CultureInfo.InvariantCulture);
    }

    private DueTime? Due { get; set; }
}
