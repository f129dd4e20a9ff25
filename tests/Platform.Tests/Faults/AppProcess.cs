using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Platform.Tests.Faults;

/// <summary>The real app in a process of its own, which can be killed as a power cut would, or asked to stop.</summary>
internal sealed partial class AppProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _output = [];

    private AppProcess(Process process) => _process = process;

    /// <summary>Whether it has ended, by itself or not.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The code with which it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>What it printed.</summary>
    public string Output { get { lock (_output) { return string.Join('\n', _output); } } }

    /// <summary>
    /// Starts it on a data folder, with short times so that recovery is quick; <paramref name="more"/> are settings that differ from these. It listens on this
    /// machine, or at its end of the outside cable where it is put <paramref name="inside"/> a network of its own.
    /// </summary>
    public static AppProcess Start(string dataDirectory, string? failpoint = null, bool demo = false, IReadOnlyDictionary<string, string>? more = null, NetworkNamespace? inside = null)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Platform.dll"), "--urls", $"http://{inside?.Outside.Guest.ToString() ?? "127.0.0.1"}:0"];
        var start = inside is null ? new ProcessStartInfo("dotnet", arguments) : inside.Enter("dotnet", arguments);
        (start.WorkingDirectory, start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (AppContext.BaseDirectory, true, true, false);
        foreach (var (key, value) in Settings(dataDirectory, failpoint)) { start.Environment[key] = value; }
        if (demo) { start.Environment["Demo__Enabled"] = "true"; }
        foreach (var (key, value) in more ?? new Dictionary<string, string>()) { start.Environment[key] = value; }
        var app = new AppProcess(new Process { StartInfo = start });
        app._process.OutputDataReceived += (_, line) => app.Hear(line.Data);
        app._process.ErrorDataReceived += (_, line) => app.Hear(line.Data);
        app._process.EnableRaisingEvents = true;
        app._process.Exited += (_, _) => app._address.TrySetCanceled();
        app._process.Start();
        app._process.BeginOutputReadLine();
        app._process.BeginErrorReadLine();
        return app;
    }

    /// <summary>Runs a command of the app on a data folder; its exit code and what it printed.</summary>
    public static async Task<(int Code, string Output)> CommandAsync(string dataDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Platform.dll"), .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (key, value) in Settings(dataDirectory, null)) { start.Environment[key] = value; }
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() { if (!_process.HasExited) { _process.Kill(); } }

    /// <summary>SIGSTOP: it stands still as it is, holding what it holds.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void Continue() => Signal("CONT");

    /// <summary>SIGTERM; how long it took to end, and with which code.</summary>
    public async Task<(TimeSpan Took, int Code)> StopAsync()
    {
        var watch = Stopwatch.StartNew();
        Signal("TERM");
        await ExitedAsync(40);
        return (watch.Elapsed, _process.ExitCode);
    }

    /// <summary>Waits until it listens; throws where it ends before.</summary>
    public Task<string> ListeningAsync() => _address.Task.WaitAsync(TimeSpan.FromSeconds(120));

    /// <summary>Waits until it has ended.</summary>
    public async Task ExitedAsync(int seconds = 60)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try { await _process.WaitForExitAsync(enough.Token); }
        catch (OperationCanceledException) { throw new TimeoutException($"the app did not end within {seconds} s:\n{Output}"); }
    }

    /// <summary>A client for its API, once it listens; cancelled where it ends before.</summary>
    public async Task<HttpClient> ClientAsync(string accessToken)
    {
        var address = await ListeningAsync();
        return new HttpClient { BaseAddress = new Uri(address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", accessToken) } };
    }

    /// <summary>Whether it says that it can work.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(await ListeningAsync()), Timeout = TimeSpan.FromSeconds(10) };
            return (await client.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { return false; }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await ExitedAsync();
        _process.Dispose();
    }

    private static IEnumerable<(string, string?)> Settings(string dataDirectory, string? failpoint) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Development"), ("DOTNET_TieredPGO", "0"), ("DOTNET_gcServer", "0"),
        ("Platform__DataDirectory", dataDirectory), ("Outbound__AllowPrivateNetworks", "true"), ("RateLimits__Enabled", "false"),
        ("Publishing__SendTimeoutSeconds", "1.5"), ("Publishing__LeaseSeconds", "4"), ("Publishing__SettleSeconds", "0.3"), ("Publishing__FirstBackoffSeconds", "0.2"),
        ("FAILPOINT", failpoint), .. Storage.TestMongo.Settings(dataDirectory).Select(s => (s.Key.Replace(":", "__", StringComparison.Ordinal), s.Value)),
    ];

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void Hear(string? line)
    {
        if (line is null) { return; }
        lock (_output) { _output.Add(line); }
        if (Listening().Match(line) is { Success: true } match) { _address.TrySetResult(match.Value); }
    }

    [GeneratedRegex(@"(?<=listening on: )http://[\d.]+:[1-9]\d*")]
    private static partial Regex Listening();
}
