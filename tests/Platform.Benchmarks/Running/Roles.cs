namespace Platform.Benchmarks.Running;

/// <summary>What this program does in a process of its own for a benchmark that runs in another.</summary>
internal static class Roles
{
    public const string Sink = "sink";
    public const string Raw = "raw";
    public const string Hello = "hello";
    public const string Load = "load";
    public const string Jobs = "jobs";

    public static async Task<int> PlayAsync(string role, string[] arguments)
    {
        await (role switch
        {
            Sink => SinkServer.ServeAsync(),
            Raw => RawLoop.ServeAsync(arguments[0]),
            Hello => HelloServer.ServeAsync(),
            Load => HttpLoad.ServeAsync(),
            Jobs => JobHost.ServeAsync(arguments),
            _ => throw new ArgumentException($"there is no role {role}", nameof(role)),
        });
        return 0;
    }
}
