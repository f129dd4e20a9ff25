using Microsoft.Extensions.Logging.Abstractions;
using Platform.Coordination.InMemory;
using Platform.Tests.TestKit;

namespace Platform.Tests.Coordination;

public sealed class InMemorySignalsTests
{
    private readonly InMemorySignals _signals = new(NullLogger<InMemorySignals>.Instance);

    [Fact]
    public async Task Every_subscriber_of_the_topic_hears_in_order_and_others_hear_nothing()
    {
        var (first, second, other) = (new List<string>(), new List<string>(), new List<string>());
        using var a = _signals.Subscribe("t", m => { first.Add(m); return Task.CompletedTask; });
        using var b = _signals.Subscribe("t", async m => { await Task.Yield(); second.Add(m); });
        using var c = _signals.Subscribe("u", m => { other.Add(m); return Task.CompletedTask; });

        var sent = Enumerable.Range(0, 200).Select(i => $"{i}").ToList();
        foreach (var message in sent) { await _signals.PublishAsync("t", message); }
        await _signals.PublishAsync("u", "mine");

        await Eventually.TrueAsync(() => first.Count == 200 && second.Count == 200 && other.Count == 1, "all signals heard");
        first.ShouldBe(sent);
        second.ShouldBe(sent);
        other.ShouldBe(["mine"]);
    }

    [Fact]
    public async Task A_failing_handler_hears_the_next_signal_and_hurts_nobody()
    {
        var (calls, heard) = (0, 0);
        using var bad = _signals.Subscribe("t", _ => { calls++; throw new InvalidOperationException("broken page"); });
        using var good = _signals.Subscribe("t", _ => { heard++; return Task.CompletedTask; });

        await _signals.PublishAsync("t", "1");
        await _signals.PublishAsync("t", "2");

        await Eventually.TrueAsync(() => calls == 2 && heard == 2, "both heard both");
    }

    [Fact]
    public async Task The_publisher_never_waits_for_a_handler()
    {
        var gate = new TaskCompletionSource();
        using var slow = _signals.Subscribe("t", _ => gate.Task);

        for (var i = 0; i < InMemorySignals.Capacity * 3; i++) { await _signals.PublishAsync("t", "x"); }
        gate.Task.IsCompleted.ShouldBeFalse();
        gate.SetResult();
    }

    [Fact]
    public async Task After_disposing_nothing_is_heard_and_the_topic_is_forgotten()
    {
        var heard = 0;
        var subscription = _signals.Subscribe("t", _ => { heard++; return Task.CompletedTask; });
        subscription.Dispose();
        subscription.Dispose();

        var other = 0;
        using var control = _signals.Subscribe("control", _ => { other++; return Task.CompletedTask; });
        await _signals.PublishAsync("t", "late");
        await _signals.PublishAsync("control", "now");

        await Eventually.TrueAsync(() => other == 1, "control heard");
        heard.ShouldBe(0);
        _signals.TopicCount.ShouldBe(1);
    }

    [Fact]
    public async Task Subscribing_and_publishing_from_many_threads_loses_no_subscription()
    {
        var heard = 0;
        var subscriptions = new System.Collections.Concurrent.ConcurrentBag<IDisposable>();
        await Parallel.ForAsync(0, 200, async (_, ct) =>
        {
            await _signals.PublishAsync("busy", "noise", ct);
            subscriptions.Add(_signals.Subscribe("t", _ => { Interlocked.Increment(ref heard); return Task.CompletedTask; }));
        });
        await _signals.PublishAsync("t", "x");
        await Eventually.TrueAsync(() => heard == 200, "each heard once");
        foreach (var subscription in subscriptions) { subscription.Dispose(); }
        _signals.TopicCount.ShouldBe(0);
    }
}
