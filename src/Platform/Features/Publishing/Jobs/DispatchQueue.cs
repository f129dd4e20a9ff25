using Platform.Features.Publishing.Actions;

namespace Platform.Features.Publishing.Jobs;

/// <summary>How many may run at once.</summary>
public sealed record DispatchLimits(int Total, int PerOrganization, int PerChannel)
{
    /// <summary>How many claimed publications may wait here, beyond those that run.</summary>
    public int Buffer => Math.Max(Total * 4, 64);

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
    private readonly Dictionary<string, DateTimeOffset> _paused = [];

    /// <summary>How many run.</summary>
    public int Running { get; private set; }

    /// <summary>How many more may be claimed.</summary>
    public int Room => limits.Buffer - _waiting.Count;

    /// <summary>Channels of which no more are to be claimed now.</summary>
    public IReadOnlyCollection<string> BlockedChannels => [.. _held.Where(h => h.Key.StartsWith("c:", StringComparison.Ordinal) && h.Value >= limits.BufferPerChannel).Select(h => h.Key[2..]).Union(_paused.Keys)];

    /// <summary>Organizations of which no more are to be claimed now.</summary>
    public IReadOnlyCollection<string> BlockedOrganizations => [.. _held.Where(h => h.Key.StartsWith("o:", StringComparison.Ordinal) && h.Value >= limits.BufferPerOrganization).Select(h => h.Key[2..])];

    /// <summary>When the first pause of a channel ends; null where none is paused.</summary>
    public DateTimeOffset? NextPauseEnd => _paused.Count == 0 ? null : _paused.Values.Min();

    /// <summary>Takes in what was claimed.</summary>
    public void Add(IEnumerable<ClaimedPublication> claimed)
    {
        foreach (var work in claimed)
        {
            _waiting.Add(work);
            Count(_held, work, 1);
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
        var blocked = BlockedChannels.Contains(work.ChannelId) || BlockedOrganizations.Contains(work.OrganizationId);
        Running--;
        Count(_running, work, -1);
        Count(_held, work, -1);
        return blocked;
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
        foreach (var work in removed) { _waiting.Remove(work); Count(_held, work, -1); }
        return removed;
    }

    private bool MayRun(ClaimedPublication work) =>
        _running.GetValueOrDefault(Channel(work)) < limits.PerChannel && _running.GetValueOrDefault(Organization(work)) < limits.PerOrganization;

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
