using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Platform.Tenancy;

namespace Platform.Ui.Live;

/// <summary>
/// Keeps one person or address from holding all circuits, and one circuit from flooding the server: too many connections are refused as they open, too
/// many messages cut the connection off (the page then reconnects and finds its work again).
/// </summary>
public sealed class CircuitGuard(IOptions<CircuitLimits> options, TimeProvider time, ILogger<CircuitGuard> logger) : IHubFilter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Rate> _rates = new(StringComparer.Ordinal);

    /// <summary>How many connections are counted now; for health and tests.</summary>
    public int Connections => _rates.Count;

    /// <inheritdoc />
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var keys = KeysOf(context.Context);
        foreach (var (key, most) in keys)
        {
            if (_open.AddOrUpdate(key, 1, (_, n) => n + 1) <= most) { continue; }
            foreach (var (taken, _) in keys.TakeWhile(k => k.Key != key).Append((key, most))) { Leave(taken); }
            logger.LogWarning("Too many open pages: {Key} has more than {Most}", key.Split(':')[0], most);
            context.Context.Abort();
            throw new HubException("Too many open pages. Close some and reload.");
        }
        _rates[context.Context.ConnectionId] = new Rate(time.GetTimestamp(), keys);
        await next(context);
    }

    /// <inheritdoc />
    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (_rates.TryRemove(context.Context.ConnectionId, out var rate)) { foreach (var (key, _) in rate.Keys) { Leave(key); } }
        return next(context, exception);
    }

    /// <inheritdoc />
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (_rates.TryGetValue(invocationContext.Context.ConnectionId, out var rate) && rate.Count(time) > options.Value.MessagesPerTenSeconds)
        {
            logger.LogWarning("An open page sent more than {Most} messages in {Seconds} seconds and was cut off", options.Value.MessagesPerTenSeconds, Window.TotalSeconds);
            invocationContext.Context.Abort();
            throw new HubException("Too many messages.");
        }
        return next(invocationContext);
    }

    private List<(string Key, int Most)> KeysOf(HubCallerContext context)
    {
        var keys = new List<(string, int)>();
        if (context.GetHttpContext()?.Connection.RemoteIpAddress is { } address) { keys.Add(($"address:{address}", options.Value.PerAddress)); }
        foreach (var kind in (CallerKind[])[CallerKind.Person, CallerKind.Staff])
        {
            if (context.User is { } user && CallerClaims.Read(user, kind) is { UserId: { } id }) { keys.Add(($"person:{id}", options.Value.PerPerson)); }
        }
        return keys;
    }

    private void Leave(string key)
    {
        if (_open.AddOrUpdate(key, 0, (_, n) => n - 1) <= 0) { _open.TryRemove(new KeyValuePair<string, int>(key, 0)); }
    }

    // Messages of a connection come one after another, so plain fields do.
    private sealed class Rate(long startedAt, List<(string Key, int Most)> keys)
    {
        private long _startedAt = startedAt;
        private int _count;

        public IReadOnlyList<(string Key, int Most)> Keys => keys;

        public int Count(TimeProvider time)
        {
            if (time.GetElapsedTime(_startedAt) >= Window) { (_startedAt, _count) = (time.GetTimestamp(), 0); }
            return ++_count;
        }
    }
}
