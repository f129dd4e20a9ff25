using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Platform.Tests.Faults;

/// <summary>A mail server that takes its time, or greets nobody until it is told to; it knows whom it has taken mails for.</summary>
internal sealed class MailSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private volatile TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MailSink()
    {
        _listener.Start();
        _open.SetResult();
        _ = AcceptAsync();
    }

    /// <summary>The settings of an app that sends its mails here.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Mail__Host"] = "127.0.0.1", ["Mail__Port"] = ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Mail__From"] = "platform@example.com", ["Mail__RequireTls"] = "false",
    };

    /// <summary>The addressees of the mails it has taken, as often as it has.</summary>
    public ConcurrentQueue<string> Taken { get; } = [];

    /// <summary>How long it takes for each.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>From now on callers wait for the first word, and nothing is taken.</summary>
    public void Close() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whoever waits is served.</summary>
    public void Open() => _open.TrySetResult();

    public void Dispose()
    {
        _listener.Dispose();
        Open();
    }

    private async Task AcceptAsync()
    {
        try { while (true) { _ = ServeAsync(await _listener.AcceptTcpClientAsync()); } }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _open.Task;
                using var reader = new StreamReader(client.GetStream());
                await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
                await writer.WriteLineAsync("220 sink");
                await TalkAsync(reader, writer);
            }
            // Whoever called was killed, or has said all.
            catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException) { }
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        var to = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase)) { to = line[8..].Trim('<', '>', ' '); }
            if (!line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase)) { await writer.WriteLineAsync("250 well"); continue; }
            await writer.WriteLineAsync("354 go on");
            while (await reader.ReadLineAsync() is { } text && text != ".") { }
            await Task.Delay(Latency);
            Taken.Enqueue(to);
            await writer.WriteLineAsync("250 taken");
        }
    }
}
