using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Platform.Journeys.Browser;

/// <summary>The product as its user starts it: a process of its own, an empty data folder, a free port.</summary>
public sealed partial class AppProcess : IAsyncDisposable
{
    /// <summary>The staff account that the settings make at first start.</summary>
    public const string StaffEmail = "staff@journeys.test", StaffPassword = "Quiet-Harbour-Lantern-42";

    private readonly Dictionary<string, string> _settings = [];
    private readonly List<string> _output = [];
    private Process? _process;

    private AppProcess(int port) => Url = $"http://127.0.0.1:{port}";

    /// <summary>Where it answers.</summary>
    public string Url { get; }

    /// <summary>Its data.</summary>
    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("platform-journey-").FullName;

    /// <summary>What it printed so far.</summary>
    public string Output { get { lock (_output) { return string.Join('\n', _output); } } }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<AppProcess> StartAsync(string[]? arguments = null, Dictionary<string, string>? settings = null)
    {
        var app = new AppProcess(FreePort());
        foreach (var (key, value) in settings ?? []) { app._settings[key] = value; }
        await app.StartProcessAsync(arguments ?? []);
        return app;
    }

    /// <summary>Starts it again on the same data and port.</summary>
    public Task RestartAsync() => StartProcessAsync([]);

    /// <summary>Asks it to end (SIGTERM) and waits.</summary>
    public async Task StopAsync()
    {
        if (_process is not { HasExited: false } process) { return; }
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
    }

    /// <summary>The owner's address and the password that the start with <c>--demo</c> printed.</summary>
    public (string Email, string Password) DemoAccount()
    {
        var said = DemoLine().Match(Output);
        return said.Success ? (said.Groups[1].Value, said.Groups[2].Value) : throw new InvalidOperationException($"no demo account was printed:\n{Output}");
    }

    /// <summary>As a power cut would end it (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_process is not { HasExited: false } process) { return; }
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    /// <summary>The folder of Platform.sln.</summary>
    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln"))) { folder = folder.Parent ?? throw new DirectoryNotFoundException("Platform.sln"); }
        return folder.FullName;
    }

    private async Task StartProcessAsync(string[] arguments)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var program = Path.Combine(RepositoryRoot(), "src/Platform/bin", configuration, "net10.0/Platform.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", Url, .. arguments])
        {
            WorkingDirectory = RepositoryRoot(), RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Platform__DataDirectory"] = DataDirectory;
        start.Environment["Outbound__AllowPrivateNetworks"] = "true";
        start.Environment["RateLimits__Enabled"] = "false";
        start.Environment["Setup__AdminEmail"] = StaffEmail;
        start.Environment["Setup__AdminPassword"] = StaffPassword;
        foreach (var (key, value) in _settings) { start.Environment[key] = value; }
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilReadyAsync(_process);
    }

    private async Task UntilReadyAsync(Process process)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (process.HasExited || watch.Elapsed > TimeSpan.FromSeconds(90)) { throw new InvalidOperationException($"the app did not start:\n{Output}"); }
            try
            {
                if ((await client.GetAsync(new Uri($"{Url}/health/ready"))).StatusCode == HttpStatusCode.OK) { return; }
            }
            catch (HttpRequestException) when (!process.HasExited) { }
            catch (TaskCanceledException) when (!process.HasExited) { }
            await Task.Delay(100);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is null) { return; }
        lock (_output) { _output.Add(e.Data); }
    }

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"Sign in as\s+(\S+@\S+)\s+(\S+)")]
    private static partial Regex DemoLine();
}
