using System.Diagnostics;
using StackExchange.Redis;

namespace Platform.Coordination.Redis;

/// <summary>
/// The connection to Redis, used asynchronously only (synchronous calls of this client starve the thread pool). Redis is a hint: a call that
/// fails or takes too long is answered by this copy alone, and the next ones do not even try for a moment. Each change of state is logged once.
/// </summary>
internal sealed class RedisLink : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500), Rest = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _gone = new();
    private readonly ILogger _log;
    private readonly string _hosts;
    private readonly Task<ConnectionMultiplexer> _connecting;
    private long _restsUntil = long.MinValue;
    private int _alone;

    public RedisLink(string address, ILogger log)
    {
        var options = Parse(address);
        (_log, _hosts) = (log, string.Join(", ", options.EndPoints));
        _connecting = Task.Run(() => ConnectionMultiplexer.ConnectAsync(options));
    }

    /// <summary>Whether this copy coordinates alone at the moment, because Redis does not answer.</summary>
    public bool IsAlone => Volatile.Read(ref _alone) == 1;

    /// <summary><c>host:port</c>, <c>redis://[user:password@]host:port</c> or <c>rediss://…</c> (TLS), or the client's own form with options; throws <see cref="ArgumentException"/> where it is none.</summary>
    public static ConfigurationOptions Parse(string address)
    {
        var options = address.Contains("://", StringComparison.Ordinal) ? OfUri(address) : ConfigurationOptions.Parse(address);
        if (options.EndPoints.Count == 0) { throw new ArgumentException("it names no host"); }
        (options.AbortOnConnectFail, options.ConnectTimeout, options.ClientName) = (false, 2000, "platform");
        return options;
    }

    /// <summary>Asks Redis; answers with <paramref name="alone"/> where it does not answer in time.</summary>
    public async ValueTask<T> AskAsync<T>(Func<ConnectionMultiplexer, Task<T>> ask, Func<ValueTask<T>> alone)
    {
        if (Stopwatch.GetTimestamp() < Volatile.Read(ref _restsUntil)) { return await alone(); }
        try
        {
            var answer = await RunAsync(ask).WaitAsync(Patience);
            if (Interlocked.Exchange(ref _alone, 0) == 1) { _log.LogInformation("Redis at {Hosts} answers again; copies of the app hear of each other", _hosts); }
            return answer;
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException or ObjectDisposedException or InvalidOperationException)
        {
            Volatile.Write(ref _restsUntil, Stopwatch.GetTimestamp() + (long)(Rest.TotalSeconds * Stopwatch.Frequency));
            if (Interlocked.Exchange(ref _alone, 1) == 0) { _log.LogWarning("Redis at {Hosts} does not answer ({Reason}); this copy coordinates alone: limits count per copy, pages follow other copies by polling", _hosts, failure.GetType().Name); }
            return await alone();
        }
    }

    /// <summary>Hears a channel from now on, or from when Redis comes; the client itself subscribes again after every loss of the connection.</summary>
    public async Task HearAsync(string channel, Action<string> heard)
    {
        while (!_gone.IsCancellationRequested)
        {
            try { await (await _connecting).GetSubscriber().SubscribeAsync(channel, (_, message) => heard(message!)); return; }
            catch (Exception failure) when (failure is RedisException or TimeoutException or ObjectDisposedException) { _log.LogDebug("Redis at {Hosts} gave no subscription yet ({Reason})", _hosts, failure.GetType().Name); }
            await Task.Delay(Rest, TimeProvider.System, _gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tries both connections, that for commands and that for signals; what came of it is in <see cref="IsAlone"/>.</summary>
    public async Task TryAsync() => await AskAsync(async redis =>
    {
        await Task.WhenAll(redis.GetDatabase().PingAsync(), redis.GetSubscriber().PingAsync());
        return true;
    }, () => ValueTask.FromResult(false));

    public void Dispose()
    {
        _gone.Cancel();
        if (_connecting.IsCompletedSuccessfully) { _connecting.GetAwaiter().GetResult().Dispose(); }
    }

    private async Task<T> RunAsync<T>(Func<ConnectionMultiplexer, Task<T>> ask) => await ask(await _connecting);

    private static ConfigurationOptions OfUri(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0) { throw new ArgumentException("it is no redis:// address"); }
        var options = new ConfigurationOptions { Ssl = uri.Scheme == "rediss" };
        options.EndPoints.Add(uri.Host, uri.Port > 0 ? uri.Port : 6379);
        if (uri.UserInfo.Split(':', 2) is [_, var password]) { options.Password = Uri.UnescapeDataString(password); }
        return options;
    }
}
