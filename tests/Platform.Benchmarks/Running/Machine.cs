namespace Platform.Benchmarks.Running;

/// <summary>What else the machine is doing: a number without it says little.</summary>
internal static class Machine
{
    /// <summary>Such as <c>load average 0.4 (1 min)</c>.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? $"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} (1 min)" : "load average unknown";

    /// <summary>The full path of a program; null where it is not installed.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
