using System.Diagnostics;

namespace Platform.Tests.TestKit;

/// <summary>Waits for a condition, with a bound; never for time.</summary>
public static class Eventually
{
    /// <summary>Polls until the condition holds; fails with <paramref name="what"/> after <paramref name="seconds"/>.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, int seconds = 30)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(seconds)) { throw new TimeoutException($"did not happen within {seconds} s: {what}"); }
            await Task.Delay(15);
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, string, int)" />
    public static Task TrueAsync(Func<bool> condition, string what, int seconds = 30) => TrueAsync(() => Task.FromResult(condition()), what, seconds);

    /// <summary>Polls until there is a value, and returns it.</summary>
    public static async Task<T> ValueAsync<T>(Func<Task<T?>> find, string what, int seconds = 30) where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await find()) is not null, what, seconds);
        return found!;
    }
}
