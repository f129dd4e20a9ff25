namespace Platform;

/// <summary>Serves the app until it is asked to end.</summary>
internal static class Serving
{
    /// <summary>
    /// Returns when the app has ended. Asked to end while it still starts, the start is broken off by cancellation, which is the way to end then and no
    /// fault: without this the process would abort (exit code 134) and leave a crash report behind.
    /// </summary>
    public static async Task ServeAsync(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Platform");
        try { await app.RunAsync(); }
        catch (Exception e) when (stopping.IsCancellationRequested && IsCancellation(e)) { log.LogInformation("Asked to end before the start was complete"); }
    }

    private static bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException || (exception is AggregateException all && all.Flatten().InnerExceptions.All(e => e is OperationCanceledException));
}
