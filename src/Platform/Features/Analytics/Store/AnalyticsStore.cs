using Platform.Features.Analytics.Contracts;
using Platform.Features.Analytics.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Analytics.Store;

/// <summary>What is collected and how it is asked for.</summary>
public sealed class AnalyticsStore(IDocumentStore store)
{
    /// <summary>Publications whose numbers are collected.</summary>
    public static readonly Collection<TrackedPublication> Tracked = new Collection<TrackedPublication>("tracked_publications")
        .Index("next", Sort<TrackedPublication>.By(t => t.NextAt), t => t.NextAt != null)
        .Index("post", Sort<TrackedPublication>.By(t => t.OrganizationId).ThenBy(t => t.PostId))
        .Index("channel", Sort<TrackedPublication>.By(t => t.OrganizationId).ThenBy(t => t.ChannelId).ThenByDescending(t => t.PublishedAt))
        .Index("published", Sort<TrackedPublication>.By(t => t.OrganizationId).ThenByDescending(t => t.PublishedAt));

    /// <summary>Numbers a day.</summary>
    public static readonly Collection<MetricSnapshot> Snapshots = new Collection<MetricSnapshot>("metric_snapshots")
        .Index("day", Sort<MetricSnapshot>.By(s => s.OrganizationId).ThenBy(s => s.Day)).Index("channel_day", Sort<MetricSnapshot>.By(s => s.OrganizationId).ThenBy(s => s.ChannelId).ThenBy(s => s.Day));

    /// <summary>Accounts a day.</summary>
    public static readonly Collection<AccountSnapshot> Accounts = new Collection<AccountSnapshot>("account_snapshots")
        .Index("day", Sort<AccountSnapshot>.By(s => s.OrganizationId).ThenBy(s => s.ChannelId).ThenByDescending(s => s.Day));

    /// <summary>Replies.</summary>
    public static readonly Collection<StoredReply> Replies = new Collection<StoredReply>("replies").Index("post", Sort<StoredReply>.By(r => r.OrganizationId).ThenBy(r => r.PostId).ThenBy(r => r.Reply.CreatedAt));

    /// <summary>Begins to track; nothing where it is tracked already.</summary>
    public async Task AddAsync(Caller caller, TrackedPublication publication, CancellationToken cancellationToken)
    {
        try
        {
            await store.For<TrackedPublication>(caller).InsertAsync(publication, cancellationToken);
        }
        catch (DuplicateKeyException)
        {
            // Events are delivered at least once.
        }
    }

    /// <summary>Takes those that are due, each until <paramref name="until"/>.</summary>
    public Task<IReadOnlyList<TrackedPublication>> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        store.ForPlatform<TrackedPublication>(Caller.Platform).ClaimAsync(t => t.NextAt != null && t.NextAt <= now, Sort<TrackedPublication>.By(t => t.NextAt), limit, new Update<TrackedPublication>().Set(t => t.NextAt, until), cancellationToken);

    /// <summary>Changes one that is tracked, without new numbers.</summary>
    public Task NoteAsync(TrackedPublication publication, DateTimeOffset? next, bool gone, string? note, CancellationToken cancellationToken) =>
        store.ForPlatform<TrackedPublication>(Caller.Platform).UpdateOneAsync(t => t.Id == publication.Id, new Update<TrackedPublication>().Set(t => t.NextAt, next).Set(t => t.Gone, gone).Set(t => t.Note, note), null, cancellationToken);

    /// <summary>Stores a reading with the day's snapshot, both or neither; false where another reading came between.</summary>
    public async Task<bool> RecordAsync(TrackedPublication read, Numbers numbers, DateTimeOffset at, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        var day = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero);
        var (id, gain) = (MetricSnapshot.IdOf(read.Id, day), Arithmetic.Gain(numbers, read.Latest));
        var known = await store.ForPlatform<MetricSnapshot>(Caller.Platform).GetAsync(id, cancellationToken);
        var batch = new WriteBatch().Replace(Caller.Platform, read with { Latest = Arithmetic.Renew(numbers, read.Latest), CollectedAt = at, NextAt = next, Gone = false, Note = null });
        if (known is null) { batch.Insert(Caller.Platform, new MetricSnapshot { Id = id, OrganizationId = read.OrganizationId, PublicationId = read.Id, ChannelId = read.ChannelId, Day = day, Total = numbers, Gained = gain }); }
        else { batch.Replace(Caller.Platform, known with { Total = Arithmetic.Renew(numbers, known.Total), Gained = Arithmetic.Add(known.Gained, gain) }); }
        return await store.CommitAsync(batch, cancellationToken);
    }

    /// <summary>One that is tracked.</summary>
    public Task<TrackedPublication?> GetAsync(Caller caller, string publicationId, CancellationToken cancellationToken) => store.For<TrackedPublication>(caller).GetAsync(publicationId, cancellationToken);

    /// <summary>Those of these publications that are tracked.</summary>
    public async Task<IReadOnlyList<TrackedPublication>> FindAsync(Caller caller, IReadOnlyList<string> publicationIds, CancellationToken cancellationToken) =>
        (await store.For<TrackedPublication>(caller).FindAsync(new Query<TrackedPublication> { Filter = t => publicationIds.Contains(t.Id), Limit = 200 }, cancellationToken)).Items;

    /// <summary>Those of a post.</summary>
    public async Task<IReadOnlyList<TrackedPublication>> OfPostAsync(Caller caller, string postId, CancellationToken cancellationToken) =>
        (await store.For<TrackedPublication>(caller).FindAsync(new Query<TrackedPublication> { Filter = t => t.PostId == postId, Limit = 200 }, cancellationToken)).Items;

    /// <summary>The newest of a channel in a span of time, at most 1,000.</summary>
    public async Task<IReadOnlyList<TrackedPublication>> OfChannelAsync(Caller caller, string channelId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        (await store.For<TrackedPublication>(caller).FindAsync(new Query<TrackedPublication>
        {
            Filter = t => t.ChannelId == channelId && t.PublishedAt >= from && t.PublishedAt < to, Sort = Sort<TrackedPublication>.ByDescending(t => t.PublishedAt), Limit = 1000,
        }, cancellationToken)).Items;

    /// <summary>How many went out in a period.</summary>
    public Task<long> CountAsync(Caller caller, AnalyticsPeriod period, CancellationToken cancellationToken)
    {
        var (from, to, channel) = (Start(period.From), Start(period.To.AddDays(1)), period.ChannelId);
        return channel is null
            ? store.For<TrackedPublication>(caller).CountAsync(t => t.PublishedAt >= from && t.PublishedAt < to, cancellationToken)
            : store.For<TrackedPublication>(caller).CountAsync(t => t.ChannelId == channel && t.PublishedAt >= from && t.PublishedAt < to, cancellationToken);
    }

    /// <summary>What each day of a period brought; days without data are left out.</summary>
    public async Task<IReadOnlyDictionary<DateOnly, Numbers>> DaysAsync(Caller caller, AnalyticsPeriod period, CancellationToken cancellationToken)
    {
        var (from, to, channel) = (Start(period.From), Start(period.To.AddDays(1)), period.ChannelId);
        var query = new GroupQuery<MetricSnapshot> { Filter = channel is null ? s => s.Day >= from && s.Day < to : s => s.ChannelId == channel && s.Day >= from && s.Day < to }
            .By(s => s.Day, DateBucket.Day)
            .Sum("impressions", s => s.Gained.Impressions).Sum("likes", s => s.Gained.Likes).Sum("comments", s => s.Gained.Comments).Sum("shares", s => s.Gained.Shares).Sum("clicks", s => s.Gained.Clicks);
        var groups = await store.For<MetricSnapshot>(caller).GroupAsync(query, cancellationToken);
        return groups.ToDictionary(g => DateOnly.ParseExact(g.Keys[0]![..10], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            g => new Numbers(Whole(g, "impressions"), Whole(g, "likes"), Whole(g, "comments"), Whole(g, "shares"), Whole(g, "clicks")));
    }

    /// <summary>Stores an account's numbers of the day; the last reading of a day stands.</summary>
    public async Task SaveAccountAsync(Caller caller, AccountSnapshot snapshot, CancellationToken cancellationToken)
    {
        var documents = store.For<AccountSnapshot>(caller);
        var update = new Update<AccountSnapshot>().Set(s => s.Followers, snapshot.Followers).Set(s => s.Following, snapshot.Following).Set(s => s.Posts, snapshot.Posts);
        if (await documents.UpdateOneAsync(s => s.Id == snapshot.Id, update, null, cancellationToken) is not null) { return; }
        try
        {
            await documents.InsertAsync(snapshot, cancellationToken);
        }
        catch (DuplicateKeyException)
        {
            await documents.UpdateOneAsync(s => s.Id == snapshot.Id, update, null, cancellationToken);
        }
    }

    /// <summary>An account's days, newest first.</summary>
    public async Task<IReadOnlyList<AccountSnapshot>> AccountDaysAsync(Caller caller, string channelId, DateOnly upTo, int limit, CancellationToken cancellationToken)
    {
        var end = Start(upTo.AddDays(1));
        return (await store.For<AccountSnapshot>(caller).FindAsync(new Query<AccountSnapshot> { Filter = s => s.ChannelId == channelId && s.Day < end, Sort = Sort<AccountSnapshot>.ByDescending(s => s.Day), Limit = limit }, cancellationToken)).Items;
    }

    /// <summary>Adds replies that are not there yet; how many were new.</summary>
    public async Task<int> AddRepliesAsync(Caller caller, IReadOnlyList<StoredReply> replies, CancellationToken cancellationToken)
    {
        var documents = store.For<StoredReply>(caller);
        var ids = replies.Select(r => r.Id).ToList();
        var known = (await documents.FindAsync(new Query<StoredReply> { Filter = r => ids.Contains(r.Id), Limit = 1000 }, cancellationToken)).Items.Select(r => r.Id).ToHashSet();
        var fresh = replies.Where(r => !known.Contains(r.Id)).ToList();
        if (fresh.Count > 0) { await documents.InsertManyAsync(fresh, cancellationToken); }
        return fresh.Count;
    }

    /// <summary>The replies of a post, oldest first.</summary>
    public async Task<IReadOnlyList<StoredReply>> RepliesAsync(Caller caller, string postId, CancellationToken cancellationToken) =>
        (await store.For<StoredReply>(caller).FindAsync(new Query<StoredReply> { Filter = r => r.PostId == postId, Sort = Sort<StoredReply>.By(r => r.Reply.CreatedAt), Limit = 500 }, cancellationToken)).Items;

    /// <summary>The first moment of a day in UTC.</summary>
    public static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static long? Whole(Group group, string name) => group.Values.GetValueOrDefault(name) is { } value ? (long)value : null;
}
