using Platform.Features.Accounts.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>A version as a list shows it.</summary>
/// <param name="Number">The post's version.</param>
/// <param name="By">Who saved it.</param>
/// <param name="ByName">Their name.</param>
/// <param name="At">When.</param>
/// <param name="Submitted">Whether it was submitted for approval.</param>
/// <param name="Text">The beginning of its text.</param>
public sealed record VersionLine(long Number, string By, string ByName, DateTimeOffset At, bool Submitted, string Text);

/// <summary>A version, and what it changed against another.</summary>
/// <param name="Line">Which.</param>
/// <param name="Content">What it said.</param>
/// <param name="Against">The version that it is compared with; null where it is the first.</param>
/// <param name="Changes">What changed, field by field; empty where nothing did.</param>
public sealed record VersionView(VersionLine Line, NewPost Content, long? Against, IReadOnlyList<VersionChange> Changes);

/// <summary>What changed in one field.</summary>
/// <param name="Field">text, part 2 …, variant, channels, media, labels, campaign.</param>
/// <param name="ChannelId">The channel of a variant.</param>
/// <param name="Pieces">The comparison.</param>
public sealed record VersionChange(string Field, string? ChannelId, IReadOnlyList<DiffPiece> Pieces);

/// <summary>Shows what a post said before, what changed, and brings it back.</summary>
public sealed class PostVersions(PostStore posts, PostVersionStore store, IAccounts accounts, UpdatePost update)
{
    /// <summary>All kept ones, newest first.</summary>
    public async Task<Result<IReadOnlyList<VersionLine>>> ListAsync(Caller caller, string postId, CancellationToken cancellationToken)
    {
        if (await AgainstAsync(caller, postId, Permission.ContentRead, cancellationToken) is { } problem) { return problem; }
        var versions = await store.ListAsync(caller, postId, cancellationToken);
        var names = await accounts.FindAsync([.. versions.Select(v => v.By).Where(Ids.IsValid).Distinct().Take(200)], cancellationToken);
        return versions.Select(v => Line(v, names)).ToArray();
    }

    /// <summary>One, compared with another; null: with the one before it.</summary>
    public async Task<Result<VersionView>> GetAsync(Caller caller, string postId, long number, long? against, CancellationToken cancellationToken)
    {
        if (await AgainstAsync(caller, postId, Permission.ContentRead, cancellationToken) is { } problem) { return problem; }
        var versions = await store.ListAsync(caller, postId, cancellationToken);
        if (versions.FirstOrDefault(v => v.Number == number) is not { } version) { return Problem.NotFound("version"); }
        var other = against is { } wanted ? versions.FirstOrDefault(v => v.Number == wanted) : versions.FirstOrDefault(v => v.Number < number);
        if (against is not null && other is null) { return Problem.NotFound("version"); }
        var names = await accounts.FindAsync([.. new[] { version.By }.Where(Ids.IsValid)], cancellationToken);
        return new VersionView(Line(version, names), version.Content, other?.Number, other is null ? [] : VersionDiff.Of(other.Content, version.Content));
    }

    /// <summary>Makes a version the post's content again: an edit like any other. Conflict <c>version_mismatch</c>, <c>already_sending</c>.</summary>
    public async Task<Result<PostView>> RestoreAsync(Caller caller, string postId, long number, long? expectedVersion, CancellationToken cancellationToken)
    {
        if (await AgainstAsync(caller, postId, Permission.ContentWrite, cancellationToken) is { } problem) { return problem; }
        if (await store.FindAsync(caller, postId, number, cancellationToken) is not { Content: var content }) { return Problem.NotFound("version"); }
        return await update.RunAsync(caller, postId, new()
        {
            Text = content.Text, ChannelIds = content.ChannelIds, Variants = content.Variants, Parts = content.Parts, MediaIds = content.MediaIds, CampaignId = content.CampaignId ?? "", Labels = content.Labels,
        }, expectedVersion, cancellationToken);
    }

    private async Task<Problem?> AgainstAsync(Caller caller, string postId, Permission permission, CancellationToken cancellationToken) =>
        !caller.May(permission) ? Problem.Forbidden() : Ids.IsValid(postId) && await posts.GetAsync(caller, postId, cancellationToken) is { DeletedAt: null } ? null : Problem.NotFound("post");

    private static VersionLine Line(PostVersion version, IReadOnlyDictionary<string, PersonView> names) => new(
        version.Number, version.By, names.GetValueOrDefault(version.By)?.Name ?? (Ids.IsValid(version.By) ? "someone" : version.By), version.At, version.Pinned,
        version.Content.Text.Length > 140 ? version.Content.Text[..140] + "…" : version.Content.Text);
}

/// <summary>Compares two versions field by field.</summary>
internal static class VersionDiff
{
    public static IReadOnlyList<VersionChange> Of(NewPost before, NewPost after)
    {
        var changes = new List<VersionChange>();
        Add("text", null, before.Text, after.Text);
        var (left, right) = (before.Parts ?? [], after.Parts ?? []);
        for (var at = 0; at < Math.Max(left.Count, right.Count); at++) { Add($"part {at + 2}", null, left.ElementAtOrDefault(at)?.Text ?? "", right.ElementAtOrDefault(at)?.Text ?? ""); }
        var (olds, news) = (before.Variants ?? new Dictionary<string, PostVariant>(), after.Variants ?? new Dictionary<string, PostVariant>());
        foreach (var channel in olds.Keys.Union(news.Keys)) { Add("variant", channel, olds.GetValueOrDefault(channel)?.Text ?? "", news.GetValueOrDefault(channel)?.Text ?? ""); }
        AddList("channels", before.ChannelIds, after.ChannelIds);
        AddList("media", Media(before), Media(after));
        AddList("labels", before.Labels ?? [], after.Labels ?? []);
        AddList("campaign", before.CampaignId is { } old ? [old] : [], after.CampaignId is { } now ? [now] : []);
        return changes;

        void Add(string field, string? channel, string was, string now) { if (was != now) { changes.Add(new(field, channel, TextDiff.Of(was, now))); } }

        void AddList(string field, IEnumerable<string> was, IEnumerable<string> now)
        {
            var (gone, came) = (was.Except(now).ToList(), now.Except(was).ToList());
            if (gone.Count + came.Count == 0) { return; }
            changes.Add(new(field, null, [.. gone.Select(g => new DiffPiece(DiffKind.Removed, g)), .. came.Select(c => new DiffPiece(DiffKind.Added, c))]));
        }
    }

    private static IEnumerable<string> Media(NewPost post) => (post.MediaIds ?? []).Concat((post.Parts ?? []).SelectMany(p => p.MediaIds));
}
