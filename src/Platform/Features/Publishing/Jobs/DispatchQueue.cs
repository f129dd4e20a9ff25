using Platform.Features.Publishing.Actions;

namespace Platform.Features.Publishing.Jobs;

/// <summary>How many may run at once.</summary>
public sealed record DispatchLimits(int Total, int PerOrganization, int PerChannel)
{
    /// <summary>How many claimed publications may wait here, beyond those that run.</summary>
    public int Buffer => ClaimSize * 4;

    /// <summary>How many are claimed in one go: few commits for many posts.</summary>
    public int ClaimSize => Math.Max(Total, 16);

    /// <summary>How many of one channel may wait here before no more of it are claimed.</summary>
    public int BufferPerChannel => Math.Max(PerChannel * 8, 8);

    /// <summary>How many of one organization may wait here before no more of it are claimed.</summary>
    public int BufferPerOrganization => Math.Max(PerOrganization * 4, 32);
}

/// <summary>
/// What this process has claimed: waiting for its moment or for a free place, or running. Fair: the organization with the fewest running goes first, and a channel
/// or organization at its limit is left out of further claims, so that its backlog can neither fill the buffer nor slow the others. Used by one thread.
/// </summary>
public sealed class DispatchQueue(DispatchLimits limits)
{
    private readonly List<Entry> _waiting = [];
    private readonly Dictionary<ClaimedPublication, Entry> _running = [];
    private readonly Dictionary<string, Lane> _channels = [];
    private readonly Dictionary<string, Lane> _organizations = [];
    private readonly Dictionary<string, DateTimeOffset> _paused = [];

    /// <summary>How many run.</summary>
    public int Running => _running.Count;

    /// <summary>How many are claimed in one go.</summary>
    public int ClaimSize => limits.ClaimSize;

    /// <summary>Whether a whole claim still fits in.</summary>
    public bool HasRoom => limits.Buffer - _waiting.Count >= limits.ClaimSize;

    /// <summary>Whether all places are taken while more waits for one whose time has come.</summary>
    public bool IsSaturated(DateTimeOffset now) => Running >= limits.Total && _waiting.Exists(w => w.Work.StartAt <= now);

    /// <summary>Channels of which no more are to be claimed now.</summary>
    public IReadOnlyCollection<string> BlockedChannels => [.. _channels.Values.Where(c => c.IsFull).Select(c => c.Id).Union(_paused.Keys)];

    /// <summary>Organizations of which no more are to be claimed now.</summary>
    public IReadOnlyCollection<string> BlockedOrganizations => [.. _organizations.Values.Where(o => o.IsFull).Select(o => o.Id)];

    /// <summary>When the first pause of a channel ends; null where none is paused.</summary>
    public DateTimeOffset? NextPauseEnd => _paused.Count == 0 ? null : _paused.Values.Min();

    /// <summary>Takes in what was claimed.</summary>
    public void Add(IEnumerable<ClaimedPublication> claimed)
    {
        foreach (var work in claimed)
        {
            var entry = new Entry(work, LaneOf(_channels, work.ChannelId, limits.BufferPerChannel), LaneOf(_organizations, work.OrganizationId, limits.BufferPerOrganization));
            _waiting.Add(entry);
            entry.Channel.Hold(1);
            entry.Organization.Hold(1);
        }
    }

    /// <summary>The next that may run now; null where none may.</summary>
    public ClaimedPublication? Take(DateTimeOffset now)
    {
        if (Running >= limits.Total) { return null; }
        var best = -1;
        for (var at = 0; at < _waiting.Count; at++)
        {
            if (MayRun(_waiting[at], now) && (best < 0 || GoesBefore(_waiting[at], _waiting[best]))) { best = at; }
        }
        if (best < 0) { return null; }
        var entry = _waiting[best];
        _waiting.RemoveAt(best);
        _running.Add(entry.Work, entry);
        entry.Channel.Running++;
        entry.Organization.Running++;
        return entry.Work;
    }

    /// <summary>One has ended. True where its channel or organization may now be claimed again.</summary>
    public bool Finish(ClaimedPublication work)
    {
        if (!_running.Remove(work, out var entry)) { throw new InvalidOperationException($"publication {work.Id} was not running"); }
        entry.Channel.Running--;
        entry.Organization.Running--;
        return LetGo(entry);
    }

    /// <summary>The network asked the channel to wait: no more is claimed of it until then. Returns what was waiting here, to be given back.</summary>
    public IReadOnlyList<ClaimedPublication> Pause(string channelId, DateTimeOffset until)
    {
        _paused[channelId] = until;
        return Remove(w => w.Work.ChannelId == channelId);
    }

    /// <summary>Lets go on what has waited long enough; true where there was any.</summary>
    public bool Resume(DateTimeOffset now)
    {
        var over = _paused.Where(p => p.Value <= now).Select(p => p.Key).ToList();
        over.ForEach(channel => _paused.Remove(channel));
        return over.Count > 0;
    }

    /// <summary>When the next waiting one may start; null where none waits for its time alone.</summary>
    public DateTimeOffset? NextStart(DateTimeOffset now) => _waiting.Where(w => w.Work.StartAt > now).Select(w => (DateTimeOffset?)w.Work.StartAt).Min();

    /// <summary>Empties the waiting ones, to be given back.</summary>
    public IReadOnlyList<ClaimedPublication> Drain() => Remove(_ => true);

    private bool MayRun(Entry entry, DateTimeOffset now) =>
        entry.Work.StartAt <= now && entry.Channel.Running < limits.PerChannel && entry.Organization.Running < limits.PerOrganization;

    private static bool GoesBefore(Entry one, Entry other) => one.Organization.Running != other.Organization.Running
        ? one.Organization.Running < other.Organization.Running
        : one.Work.StartAt < other.Work.StartAt;

    private List<ClaimedPublication> Remove(Predicate<Entry> which)
    {
        var removed = _waiting.FindAll(which);
        _waiting.RemoveAll(which);
        removed.ForEach(entry => LetGo(entry));
        return [.. removed.Select(entry => entry.Work)];
    }

    private bool LetGo(Entry entry)
    {
        var (channel, organization) = (entry.Channel.Hold(-1), entry.Organization.Hold(-1));
        if (entry.Channel.Held == 0) { _channels.Remove(entry.Channel.Id); }
        if (entry.Organization.Held == 0) { _organizations.Remove(entry.Organization.Id); }
        return channel || organization;
    }

    private static Lane LaneOf(Dictionary<string, Lane> lanes, string id, int limit)
    {
        if (!lanes.TryGetValue(id, out var lane)) { lanes[id] = lane = new Lane(id, limit); }
        return lane;
    }

    private sealed record Entry(ClaimedPublication Work, Lane Channel, Lane Organization);

    /// <summary>What is here of one channel or organization.</summary>
    private sealed class Lane(string id, int limit)
    {
        public string Id => id;
        public int Running { get; set; }
        public int Held { get; private set; }
        public bool IsFull { get; private set; }

        /// <summary>Counts. True where it was full and is open again. Full at the limit, open again at half of it: so a backlog is claimed in handfuls and not one by one.</summary>
        public bool Hold(int by)
        {
            Held += by;
            var was = IsFull;
            IsFull = Held >= limit || (was && Held > limit / 2);
            return was && !IsFull;
        }
    }
}
