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
    private readonly List<ClaimedPublication> _waiting = [];
    private readonly Dictionary<string, int> _running = [];
    private readonly Dictionary<string, int> _held = [];
    private readonly HashSet<string> _full = [];
    private readonly Dictionary<string, DateTimeOffset> _paused = [];

    /// <summary>How many run.</summary>
    public int Running { get; private set; }

    /// <summary>How many are claimed in one go.</summary>
    public int ClaimSize => limits.ClaimSize;

    /// <summary>Whether a whole claim still fits in.</summary>
    public bool HasRoom => limits.Buffer - _waiting.Count >= limits.ClaimSize;

    /// <summary>Channels of which no more are to be claimed now.</summary>
    public IReadOnlyCollection<string> BlockedChannels => [.. _full.Where(k => k.StartsWith("c:", StringComparison.Ordinal)).Select(k => k[2..]).Union(_paused.Keys)];

    /// <summary>Organizations of which no more are to be claimed now.</summary>
    public IReadOnlyCollection<string> BlockedOrganizations => [.. _full.Where(k => k.StartsWith("o:", StringComparison.Ordinal)).Select(k => k[2..])];

    /// <summary>When the first pause of a channel ends; null where none is paused.</summary>
    public DateTimeOffset? NextPauseEnd => _paused.Count == 0 ? null : _paused.Values.Min();

    /// <summary>Takes in what was claimed.</summary>
    public void Add(IEnumerable<ClaimedPublication> claimed)
    {
        foreach (var work in claimed)
        {
            _waiting.Add(work);
            Hold(work, 1);
        }
    }

    /// <summary>The next that may run now; null where none may.</summary>
    public ClaimedPublication? Take(DateTimeOffset now)
    {
        if (Running >= limits.Total) { return null; }
        var best = _waiting.Where(w => w.StartAt <= now && MayRun(w)).MinBy(w => (_running.GetValueOrDefault(Organization(w)), w.StartAt));
        if (best is null) { return null; }
        _waiting.Remove(best);
        Running++;
        Count(_running, best, 1);
        return best;
    }

    /// <summary>One has ended. True where its channel or organization may now be claimed again.</summary>
    public bool Finish(ClaimedPublication work)
    {
        Running--;
        Count(_running, work, -1);
        var full = _full.Count;
        Hold(work, -1);
        return _full.Count < full;
    }

    /// <summary>The network asked the channel to wait: no more is claimed of it until then. Returns what was waiting here, to be given back.</summary>
    public IReadOnlyList<ClaimedPublication> Pause(string channelId, DateTimeOffset until)
    {
        _paused[channelId] = until;
        return Remove(w => w.ChannelId == channelId);
    }

    /// <summary>Lets go on what has waited long enough; true where there was any.</summary>
    public bool Resume(DateTimeOffset now)
    {
        var over = _paused.Where(p => p.Value <= now).Select(p => p.Key).ToList();
        over.ForEach(channel => _paused.Remove(channel));
        return over.Count > 0;
    }

    /// <summary>When the next waiting one may start; null where none waits for its time alone.</summary>
    public DateTimeOffset? NextStart(DateTimeOffset now) => _waiting.Where(w => w.StartAt > now).Select(w => (DateTimeOffset?)w.StartAt).Min();

    /// <summary>Empties the waiting ones, to be given back.</summary>
    public IReadOnlyList<ClaimedPublication> Drain() => Remove(_ => true);

    private List<ClaimedPublication> Remove(Func<ClaimedPublication, bool> which)
    {
        var removed = _waiting.Where(which).ToList();
        foreach (var work in removed) { _waiting.Remove(work); Hold(work, -1); }
        return removed;
    }

    private bool MayRun(ClaimedPublication work) =>
        _running.GetValueOrDefault(Channel(work)) < limits.PerChannel && _running.GetValueOrDefault(Organization(work)) < limits.PerOrganization;

    private void Hold(ClaimedPublication work, int by)
    {
        Count(_held, work, by);
        Mark(Channel(work), limits.BufferPerChannel);
        Mark(Organization(work), limits.BufferPerOrganization);
    }

    // Full at the limit, open again at half of it: so a backlog is claimed in handfuls and not one by one.
    private void Mark(string key, int limit)
    {
        var held = _held.GetValueOrDefault(key);
        if (held >= limit) { _full.Add(key); }
        else if (held <= limit / 2) { _full.Remove(key); }
    }

    private static void Count(Dictionary<string, int> counts, ClaimedPublication work, int by)
    {
        foreach (var key in (string[])[Channel(work), Organization(work)])
        {
            if ((counts[key] = counts.GetValueOrDefault(key) + by) <= 0) { counts.Remove(key); }
        }
    }

    private static string Channel(ClaimedPublication work) => "c:" + work.ChannelId;

    private static string Organization(ClaimedPublication work) => "o:" + work.OrganizationId;
}
