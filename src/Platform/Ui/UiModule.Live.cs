using System.Collections.Concurrent;
using System.Text.Json;
using Platform.Coordination;
using Platform.Tenancy;
using Platform.Ui.Live;

namespace Platform.Ui;

/// <content>Open pages hear through the signals of all copies, and look by their own clock while copies do not hear of each other.</content>
public sealed partial class UiModule
{
    private sealed class SignalLiveEvents(ISignals signals, ICoordinationHealth health, TimeProvider time, ILogger<UiModule> log) : BackgroundService, ILiveEvents
    {
        // While alone every page looks once in ten seconds; a tenth of the pages each second, so that the store never sees all at once.
        private const int Turns = 10;
        private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
        private readonly Lock _lock = new();
        private readonly ConcurrentDictionary<long, Subscription> _subscriptions = new();
        private readonly Dictionary<string, Hearing> _topics = new(StringComparer.Ordinal);
        private long _last;

        /// <inheritdoc />
        public IDisposable Subscribe(Caller caller, IReadOnlyCollection<string> kinds, Func<LiveChange, Task> handler)
        {
            if (TopicOf(caller) is not { } topic) { return new CancellationTokenSource(); }
            var subscription = new Subscription(this, topic, Interlocked.Increment(ref _last), caller, kinds, handler);
            _subscriptions[subscription.Number] = subscription;
            lock (_lock)
            {
                // One queue hears for all open pages of an organization: a page has a dozen parts that follow, each would hold a kilobyte for its own.
                if (!_topics.TryGetValue(topic, out var hearing)) { _topics[topic] = hearing = new(signals.Subscribe(topic, message => HearAsync(topic, message))); }
                hearing.Pages.Add(subscription);
            }
            return subscription;
        }

        private void Leave(Subscription subscription)
        {
            if (!_subscriptions.TryRemove(subscription.Number, out _)) { return; }
            lock (_lock)
            {
                if (!_topics.TryGetValue(subscription.Topic, out var hearing) || !hearing.Pages.Remove(subscription) || hearing.Pages.Count > 0) { return; }
                _topics.Remove(subscription.Topic);
                hearing.Signals.Dispose();
            }
        }

        // No page waits for another: each gathers what it hears before it reads again.
        private Task HearAsync(string topic, string message)
        {
            if (JsonSerializer.Deserialize<LiveEvent>(message, JsonSerializerOptions.Web) is not { } heard) { return Task.CompletedTask; }
            Subscription[] pages;
            lock (_lock) { pages = _topics.TryGetValue(topic, out var hearing) ? [.. hearing.Pages.Where(p => p.Follows(heard.Kind))] : []; }
            foreach (var page in pages) { _ = TellAsync(page.HearAsync(heard)); }
            return Task.CompletedTask;
        }

        /// <inheritdoc />
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            if (!health.IsShared) { return; }
            using var timer = new PeriodicTimer(Turn, time);
            // One more round after the others are back: what they told meanwhile was not heard.
            var (turn, left) = (0L, 0);
            try
            {
                while (await timer.WaitForNextTickAsync(stoppingToken))
                {
                    left = health.IsAlone ? Turns : Math.Max(0, left - 1);
                    if (left > 0) { Look(turn++); }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
        }

        private void Look(long turn)
        {
            foreach (var (number, subscription) in _subscriptions) { if (number % Turns == turn % Turns) { _ = TellAsync(subscription.LookAsync()); } }
        }

#pragma warning disable CA1031 // whatever a page throws is its own; the others must go on
        private async Task TellAsync(Task told)
        {
            try { await told; }
            catch (Exception e) { log.LogError(e, "An open page failed to read again; it is told of the next change all the same"); }
        }
#pragma warning restore CA1031

        private static string? TopicOf(Caller caller) => caller.IsPlatform ? Topics.LiveStaff : caller.Organization is { } organization ? Topics.Live(organization.Value) : null;

        private sealed record Hearing(IDisposable Signals)
        {
            public HashSet<Subscription> Pages { get; } = [];
        }

        private sealed class Subscription(SignalLiveEvents owner, string topic, long number, Caller caller, IReadOnlyCollection<string> kinds, Func<LiveChange, Task> handler) : IDisposable
        {
            public string Topic => topic;

            public long Number => number;

            public void Dispose() => owner.Leave(this);

            public bool Follows(string kind) => kinds.Contains(kind);

            /// <summary>As if the whole of each kind had changed.</summary>
            public async Task LookAsync() => await Task.WhenAll(kinds.Select(kind => handler(new LiveChange(kind, ""))));

            public async Task HearAsync(LiveEvent heard) => await handler(new LiveChange(heard.Kind, MaySee(heard.Kind) ? heard.Id : ""));

            // Who sees only what they are asked to review is told that something changed, and reads again what they may see; the id of a post is not theirs to know.
            private bool MaySee(string kind) => kind == "notification" || caller.IsPlatform || caller.May(Permission.ContentRead);
        }
    }
}
