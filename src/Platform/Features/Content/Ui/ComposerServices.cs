using System.Globalization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Ui;

/// <summary>What the composer page needs of other features, through their doors.</summary>
public sealed class ComposerServices(IPosts posts, IScheduling scheduling, IChannels channels, IMedia media, ComposerRules rules)
{
    /// <summary>Posts.</summary>
    public IPosts Posts => posts;

    /// <summary>Times.</summary>
    public IScheduling Scheduling => scheduling;

    /// <summary>The channels as they are now that the caller may use, with the rules around them.</summary>
    public async Task<ComposerDesk> DeskAsync(Caller caller) =>
        new([.. (await channels.ListAsync(caller, CancellationToken.None)).Where(c => caller.MayUse(c.Id))], rules.Networks, rules.Drafts, await rules.Tags.OfAsync(caller, CancellationToken.None));

    /// <summary>Whether a post on these channels is submitted rather than scheduled.</summary>
    public Task<ApprovalForecast> ForecastAsync(Caller caller, IReadOnlyList<string> channelIds) => rules.Approval.ForecastAsync(caller, channelIds, CancellationToken.None);

    /// <summary>Sends a saved post on its way: for approval where that is needed, else at its time; null: at once.</summary>
    public async Task<Result<Done>> SendAsync(Caller caller, ComposerDraft draft, WhenToPublish? when, bool submit)
    {
        if (submit) { return (await rules.Submit.RunAsync(caller, new(draft.PostId!, when, draft.Version), CancellationToken.None)).Map(_ => Done.Value); }
        return when is null ? await scheduling.PublishNowAsync(caller, draft.PostId!, CancellationToken.None) : await scheduling.ScheduleAsync(caller, draft.PostId!, when, CancellationToken.None);
    }

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

/// <summary>What the composer measures and sends by.</summary>
public sealed record ComposerRules(INetworks Networks, IDraftRules Drafts, ReadApproval Approval, SubmitPost Submit, ReadLinkTags Tags);
