namespace Platform.Benchmarks.Running;

/// <summary>The hello server's process, as a benchmark sees it.</summary>
internal sealed class HelloPeer : IDisposable
{
    private HelloPeer(Child process, string url) => (Process, Url) = (process, url);

    public Child Process { get; }

    public string Url { get; }

    public static async Task<HelloPeer> StartAsync()
    {
        var process = Child.Start(Child.Measured, "dotnet", [Path.Combine(AppContext.BaseDirectory, "Platform.Benchmarks.dll"), "role", Roles.Hello], new Dictionary<string, string>([Memory.Hook, new("DOTNET_gcServer", "0")]));
        return new HelloPeer(process, await process.HearAsync("listening "));
    }

    public void Dispose() => Process.Dispose();
}
