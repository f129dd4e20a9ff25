using System.Collections.Concurrent;
using Platform.Primitives;

namespace Platform.Tests.Primitives;

/// <summary>Ids: no two alike, in order of time, and of the form that RFC 9562 gives version 7.</summary>
public sealed class IdsTests
{
    [Fact]
    public void No_two_are_alike_however_many_threads_make_them()
    {
        var made = new ConcurrentBag<string>();
        Parallel.For(0, 8, _ => { for (var n = 0; n < 20_000; n++) { made.Add(Ids.New()); } });
        made.Distinct(StringComparer.Ordinal).Count().ShouldBe(160_000);
        made.ShouldAllBe(id => Ids.IsValid(id));
    }

    [Fact]
    public void They_are_of_version_seven_and_sort_by_their_moment()
    {
        var at = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
        var ids = Enumerable.Range(0, 500).Select(n => Ids.New(at.AddMilliseconds(n))).ToList();
        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
        foreach (var (id, n) in ids.Select((id, n) => (Guid.ParseExact(id, "n"), n)))
        {
            (id.Version, id.Variant is >= 8 and <= 11).ShouldBe((7, true));
            Convert.ToInt64(id.ToString("n")[..12], 16).ShouldBe(at.AddMilliseconds(n).ToUnixTimeMilliseconds());
        }
    }
}
