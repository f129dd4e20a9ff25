using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Platform.Storage.Mongo.Native;

/// <summary>The driver's own log lines, into ours: it would print them to the standard output. Connection strings lose their password on the way.</summary>
internal static partial class NativeLog
{
    private const int Error = 0, Critical = 1, Warning = 2, Message = 3, Info = 4;
    private static ILogger? _log;

    /// <summary>Sends the lines to this log from now on; there is one for the process.</summary>
    public static unsafe void Install(ILogger log)
    {
        _log = log;
        Mongoc.SetLogHandler(&Handle, null);
    }

    /// <summary>A text without the credentials of a connection string.</summary>
    public static string WithoutSecrets(string text) => Credentials().Replace(text, "//***@");

    [UnmanagedCallersOnly]
    private static unsafe void Handle(int level, byte* domain, byte* message, void* data)
    {
        if (_log is not { } log || Level(level) is not { } ours || !log.IsEnabled(ours)) { return; }
        // An exception must not cross into the driver.
        try { log.Log(ours, "MongoDB driver ({Domain}): {Line}", Text(domain), WithoutSecrets(Text(message))); }
        catch (Exception failure) when (failure is ObjectDisposedException or InvalidOperationException or AggregateException) { Volatile.Write(ref _log, null); }
    }

    private static unsafe string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    private static LogLevel? Level(int level) => level switch { Error or Critical => LogLevel.Error, Warning => LogLevel.Warning, Message or Info => LogLevel.Information, _ => null };

    [GeneratedRegex("//[^/@ ]+@")]
    private static partial Regex Credentials();
}
