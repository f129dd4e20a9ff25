namespace Platform.Api;

/// <summary>
/// Turns new work away while the process ends. A browser whose circuit was just closed would else connect again over a connection that it still holds,
/// fall back to long polling, and keep the server from ending for as long as it may.
/// </summary>
internal static class Draining
{
    /// <summary>Answers 503 and closes the connection once the process has been asked to end; the reconnect dialog of pages then waits for the next server.</summary>
    public static void UseDraining(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use((context, next) =>
        {
            if (!stopping.IsCancellationRequested) { return next(context); }
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.Connection = "close";
            context.Response.Headers.RetryAfter = "5";
            return Task.CompletedTask;
        });
    }
}
