using Platform.Storage.Mongo;
using Platform.Tests.TestKit;

namespace Platform.Tests.Storage;

/// <summary>The database's time as a copy of the app knows it: never ahead of it, whatever the machine's clock says.</summary>
public sealed class MongoClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeClock _machine = new();
    private readonly MongoClock _clock;
    private readonly DateTimeOffset _start;

    public MongoClockTests() => (_clock, _start) = (new MongoClock(_machine), _machine.GetUtcNow());

    [Fact]
    public void Before_the_first_answer_it_is_the_machines_time() => _clock.GetUtcNow().ShouldBe(_start);

    [Fact]
    public void The_databases_time_counts_however_wrong_the_machines_is()
    {
        var database = _start.AddMinutes(-5);
        Answer(database);
        _clock.GetUtcNow().ShouldBe(database);
        _machine.Advance(10 * Second);
        _clock.GetUtcNow().ShouldBe(database + (10 * Second));
        _clock.MachineIsAheadBy.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_slow_answer_makes_it_late_and_never_early_and_a_quick_one_mends_it()
    {
        // The server looked at its clock at some moment of these three seconds: at the earliest when it was asked.
        var asked = _clock.GetTimestamp();
        _machine.Advance(3 * Second);
        _clock.Learn(_start, asked, _clock.GetTimestamp());
        _clock.GetUtcNow().ShouldBe(_start);
        Answer(_start + (2 * Second));
        _clock.GetUtcNow().ShouldBe(_start + (2 * Second));
        // A slow answer afterwards says nothing better.
        asked = _clock.GetTimestamp();
        _machine.Advance(3 * Second);
        _clock.Learn(_start + (3 * Second), asked, _clock.GetTimestamp());
        _clock.GetUtcNow().ShouldBe(_start + (5 * Second));
    }

    [Fact]
    public void A_small_step_back_is_a_standstill_and_a_large_one_is_followed()
    {
        Answer(_start);
        _machine.Advance(10 * Second);
        _clock.GetUtcNow().ShouldBe(_start + (10 * Second));
        Answer(_start + (9.5 * Second));
        _clock.GetUtcNow().ShouldBe(_start + (10 * Second));
        _machine.Advance(Second);
        _clock.GetUtcNow().ShouldBe(_start + (10.5 * Second));
        Answer(_start);
        _clock.GetUtcNow().ShouldBe(_start);
    }

    private void Answer(DateTimeOffset time) => _clock.Learn(time, _clock.GetTimestamp(), _clock.GetTimestamp());
}
