using System.Globalization;

/// <summary>
/// In measured processes (the runtime calls it before Main where DOTNET_STARTUP_HOOKS names this program): answers "memory" on stdin with the bytes
/// that live after a full collection, and the working set. So the product is measured as it is, with nothing of this in it.
/// </summary>
internal static class StartupHook
{
    public static void Initialize() => new Thread(Answer) { IsBackground = true, Name = "benchmark" }.Start();

    private static void Answer()
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        while (input.ReadLine() is { } line)
        {
            if (line != "memory") { continue; }
            for (var i = 0; i < 3; i++) { GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true); GC.WaitForPendingFinalizers(); }
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory {GC.GetTotalMemory(false)} {Environment.WorkingSet}"));
        }
    }
}
