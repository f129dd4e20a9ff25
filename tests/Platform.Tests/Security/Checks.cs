using System.Collections.Concurrent;

namespace Platform.Tests.Security;

/// <summary>
/// Counts what a family checked and keeps what failed. A check is one assertion about one (route, caller, place, payload); a family that runs fewer than
/// docs/SECURITY.md claims fails.
/// </summary>
public sealed class Checks(string family, ITestOutputHelper output)
{
    private static readonly string Document = Path.Combine(TestKit.PlatformApp.RepositoryRoot(), "docs", "SECURITY.md");
    private readonly ConcurrentQueue<string> _failures = [];
    private int _count;

    /// <summary>How many were made.</summary>
    public int Count => _count;

    /// <summary>What failed.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Makes one.</summary>
    public bool That(bool holds, Func<string> what)
    {
        Interlocked.Increment(ref _count);
        if (!holds) { _failures.Enqueue(what()); }
        return holds;
    }

    /// <summary>Ends the family's test: prints the count, fails with what failed, and where the document claims more.</summary>
    public void Report(string test)
    {
        output.WriteLine($"{family} {test}: {Count} checks, {_failures.Count} failed");
        string.Join('\n', _failures.Take(60)).ShouldBeEmpty($"{_failures.Count} of {Count} checks of {family} failed");
        Claimed(test).ShouldBeLessThanOrEqualTo(Count, $"docs/SECURITY.md claims more checks of '{test}' than were made: a part of the generator fell silent, or the figure is to be corrected");
    }

    // A row of the document's table: | S1 | `name of the test` | 512 | …
    private static int Claimed(string test)
    {
        var row = File.Exists(Document) ? File.ReadLines(Document).FirstOrDefault(l => l.StartsWith('|') && l.Contains($"`{test}`", StringComparison.Ordinal)) : null;
        return row is null ? 0 : row.Split('|').Select(c => int.TryParse(c.Trim().Replace(",", "", StringComparison.Ordinal), out var n) ? n : 0).FirstOrDefault(n => n > 0);
    }
}
