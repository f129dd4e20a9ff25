namespace Platform.Coordination.InMemory;

/// <summary>Who is where, in one process.</summary>
public sealed class InMemoryPresence(ISignals signals, TimeProvider time) : IPresence
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<Visitor, long>> _places = [];

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<Visitor>> EnterAsync(string place, Visitor visitor, CancellationToken cancellationToken = default)
    {
        var (all, isNew) = Enter(place, visitor);
        if (isNew) { await signals.PublishAsync(Topics.Presence(place), visitor.Visit, cancellationToken); }
        return all;
    }

    /// <inheritdoc />
    public ValueTask LeaveAsync(string place, Visitor visitor, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_places.TryGetValue(place, out var here) || !here.Remove(visitor)) { return ValueTask.CompletedTask; }
            if (here.Count == 0) { _places.Remove(place); }
        }
        return signals.PublishAsync(Topics.Presence(place), visitor.Visit, cancellationToken);
    }

    private (IReadOnlyList<Visitor> All, bool IsNew) Enter(string place, Visitor visitor)
    {
        lock (_lock)
        {
            if (!_places.TryGetValue(place, out var here)) { _places[place] = here = []; }
            foreach (var gone in here.Where(v => time.GetElapsedTime(v.Value) >= IPresence.Expiry).Select(v => v.Key).ToList()) { here.Remove(gone); }
            var isNew = !here.ContainsKey(visitor);
            here[visitor] = time.GetTimestamp();
            return ([.. here.Keys], isNew);
        }
    }
}
