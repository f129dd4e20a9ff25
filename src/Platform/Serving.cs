using System.Reflection;
using Microsoft.Extensions.Options;
using Platform.Storage;

namespace Platform;

/// <summary>Serves the app until it is asked to end, or runs the command that its arguments name.</summary>
internal static class Serving
{
    private const int NotStarted = 2;

    // Where another program holds the app (tests do), a failed start is that program's to tell.
    private static bool IsOwnProcess => Assembly.GetEntryAssembly() == typeof(Serving).Assembly;

    /// <summary>
    /// Returns when the app has ended. Asked to end while it still starts, the start is broken off by cancellation, which is the way to end then and no
    /// fault: without this the process would abort (exit code 134) and leave a crash report behind. A start that fails for a reason of the surroundings
    /// (settings, storage) says it in a sentence with the next step, and ends with code 2.
    /// </summary>
    public static async Task RunAsync(this WebApplication app, Modules modules, string[] args)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Platform");
        try { await StartAsync(app, modules, args); }
        catch (Exception e) when (stopping.IsCancellationRequested && IsCancellation(e)) { log.LogInformation("Asked to end before the start was complete"); }
        catch (Exception e) when (IsOwnProcess && Reasons(e) is { Count: > 0 } reasons)
        {
            reasons.ForEach(reason => log.LogCritical("Not started: {Reason}", reason));
            Environment.ExitCode = NotStarted;
            await app.DisposeAsync();
        }
    }

    private static async Task StartAsync(WebApplication app, Modules modules, string[] args)
    {
        if (await Commands.TryRunAsync(app, args)) { return; }
        modules.Map(app);
        try
        {
            await BeginAsync(app);
            await app.WaitForShutdownAsync();
        }
        finally { await app.DisposeAsync(); }
    }

    // A start that is broken off leaves what had begun running: it is stopped in order, or its loops go on over what is taken away under them and the process never ends.
    private static async Task BeginAsync(WebApplication app)
    {
        try { await app.StartAsync(); }
        catch
        {
            await StopWhatBeganAsync(app);
            throw;
        }
    }

    private static async Task StopWhatBeganAsync(WebApplication app)
    {
        try { await app.StopAsync(); }
        // What the host answers where the start failed before its first service was made: nothing had begun, and the failed start itself is told by the caller.
        catch (ArgumentNullException) { return; }
    }

    private static List<string> Reasons(Exception exception) => exception switch
    {
        OptionsValidationException mistakes => [.. mistakes.Failures],
        AggregateException all when all.Flatten().InnerExceptions.All(e => e is OptionsValidationException) => [.. all.Flatten().InnerExceptions.SelectMany(Reasons)],
        StorageUnavailableException failure => [failure.Message],
        _ => [],
    };

    private static bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException || (exception is AggregateException all && all.Flatten().InnerExceptions.All(e => e is OperationCanceledException));
}
