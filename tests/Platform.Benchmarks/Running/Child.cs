using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Platform.Benchmarks.Running;

/// <summary>A process of a benchmark, pinned to one processor where <c>taskset</c> is there: the system under test and what feeds it must not share one.</summary>
internal sealed class Child : IDisposable
{
    /// <summary>Where the system under test, its peers and the raw loop run.</summary>
    public const int Measured = 0;

    /// <summary>Where the sink and the feeders run.</summary>
    public const int Around = 1;

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _output = [];

    private Child(Process process) => _process = process;

    /// <summary>Processor time so far.</summary>
    public TimeSpan Cpu { get { _process.Refresh(); return _process.TotalProcessorTime; } }

    /// <summary>The working set, in bytes.</summary>
    public double Resident { get { _process.Refresh(); return _process.WorkingSet64; } }

    /// <summary>Starts this program again in a role.</summary>
    public static Child Self(int processor, string role, params string[] arguments) =>
        Start(processor, "dotnet", [Path.Combine(AppContext.BaseDirectory, "Platform.Benchmarks.dll"), "role", role, .. arguments], new Dictionary<string, string>());

    public static Child Start(int processor, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var pin = Environment.ProcessorCount > 1 ? Machine.Find("taskset") : null;
        var start = pin is null
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo(pin, ["-c", processor.ToString(CultureInfo.InvariantCulture), program, .. arguments]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, true, AppContext.BaseDirectory);
        foreach (var (name, value) in environment) { start.Environment[name] = value; }
        var child = new Child(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.Hear(line.Data, ends: true);
        child._process.ErrorDataReceived += (_, line) => child.Hear(line.Data, ends: false);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    public void Say(string line) => _process.StandardInput.WriteLine(line);

    /// <summary>Waits for a line that begins so, and returns the rest of it.</summary>
    public async Task<string> HearAsync(string beginning, int seconds = 120)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(enough.Token);
                if (line.StartsWith(beginning, StringComparison.Ordinal)) { return line[beginning.Length..].Trim(); }
            }
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            throw new InvalidOperationException($"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} did not say \"{beginning}\":\n{Output}");
        }
    }

    /// <summary>Everything it printed.</summary>
    public string Output { get { lock (_output) { return string.Join('\n', _output); } } }

    /// <summary>As a power cut would end it.</summary>
    public void Kill()
    {
        if (!_process.HasExited) { _process.Kill(); }
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Hear(string? line, bool ends)
    {
        if (line is null) { if (ends) { _lines.Writer.TryComplete(); } return; }
        lock (_output) { _output.Add(line); }
        _lines.Writer.TryWrite(line);
    }
}
