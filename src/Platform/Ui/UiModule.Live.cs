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
        private readonly ConcurrentDictionary<long, Subscription> _subscriptions = new();
        private long _last;

        /// <inheritdoc />
        public IDisposable Subscribe(Caller caller, IReadOnlyCollection<string> kinds, Func<LiveChange, Task> handler)
        {
            if (TopicOf(caller) is not { } topic) { return new CancellationTokenSource(); }
            var number = Interlocked.Increment(ref _last);
            return _subscriptions[number] = new Subscription(caller, kinds, handler, () => _subscriptions.TryRemove(number, out _), hear => signals.Subscribe(topic, hear));
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
            foreach (var (number, subscription) in _subscriptions) { if (number % Turns == turn % Turns) { _ = LookAsync(subscription); } }
        }

#pragma warning disable CA1031 // whatever a page throws is its own; the others must go on
        private async Task LookAsync(Subscription subscription)
        {
            try { await subscription.LookAsync(); }
            catch (Exception e) { log.LogError(e, "An open page failed to read again; it looks at its next turn all the same"); }
        }
#pragma warning restore CA1031

        private static string? TopicOf(Caller caller) => caller.IsPlatform ? Topics.LiveStaff : caller.Organization is { } organization ? Topics.Live(organization.Value) : null;
    }

    private sealed class Subscription : IDisposable
    {
        private readonly Caller _caller;
        private readonly IReadOnlyCollection<string> _kinds;
        private readonly Func<LiveChange, Task> _handler;
        private readonly Action _gone;
        private readonly IDisposable _hearing;

        public Subscription(Caller caller, IReadOnlyCollection<string> kinds, Func<LiveChange, Task> handler, Action gone, Func<Func<string, Task>, IDisposable> hear)
        {
            (_caller, _kinds, _handler, _gone) = (caller, kinds, handler, gone);
            _hearing = hear(HearAsync);
        }

        public void Dispose() { _hearing.Dispose(); _gone(); }

        /// <summary>As if the whole of each kind had changed.</summary>
        public Task LookAsync() => Task.WhenAll(_kinds.Select(kind => _handler(new LiveChange(kind, ""))));

        private Task HearAsync(string message) => JsonSerializer.Deserialize<LiveEvent>(message, JsonSerializerOptions.Web) is { } heard && _kinds.Contains(heard.Kind)
            ? _handler(new LiveChange(heard.Kind, MaySee(heard.Kind) ? heard.Id : ""))
            : Task.CompletedTask;

        // Who sees only what they are asked to review is told that something changed, and reads again what they may see; the id of a post is not theirs to know.
        private bool MaySee(string kind) => kind == "notification" || _caller.IsPlatform || _caller.May(Permission.ContentRead);
    }
}
