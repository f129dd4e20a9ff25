using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Primitives;

namespace Platform.Api;

/// <summary>Under <c>/api</c> every failure is a problem document: bad bodies with the field named, bare status codes, and bugs as 500 without a stack trace.</summary>
public sealed partial class ProblemMiddleware(RequestDelegate next, IEnumerable<ExplainException> explanations, ILogger<ProblemMiddleware> logger)
{
    /// <summary>Runs for each request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!ApiPaths.IsApi(context.Request.Path)) { await PageAsync(context); return; }
        try
        {
            await next(context);
            if (IsBare(context.Response)) { await Problems.WriteAsync(context, context.Response.StatusCode); }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested) { context.Response.StatusCode = 499; }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            Reset(context.Response);
            if (Explain(e) is { } problem) { await Problems.WriteAsync(context, problem); return; }
            logger.LogError(e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            await Problems.WriteAsync(context, 500);
        }
    }

    // A form that lacks a field, or is none: the sender's mistake, not a failure of ours.
    private async Task PageAsync(HttpContext context)
    {
        try { await next(context); }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted) { context.Response.StatusCode = e.StatusCode; }
    }

    // Not Clear(): the rate limit's headers stay, they are true of failures too.
    private static void Reset(HttpResponse response)
    {
        (response.ContentType, response.ContentLength) = (null, null);
        response.Headers.Remove("Location");
        response.Headers.Remove("ETag");
        if (response.Body.CanSeek) { response.Body.SetLength(0); }
    }

    private Problem? Explain(Exception exception) => exception switch
    {
        ProblemException e => e.Problem,
        BadHttpRequestException e => Explain(e),
        _ => explanations.Select(explain => explain(exception)).FirstOrDefault(problem => problem is not null),
    };

    private static Problem Explain(BadHttpRequestException exception) => exception switch
    {
        { StatusCode: 413 } => Problem.Invalid("body_too_large", "The request's body is too large."),
        { StatusCode: 415 } => Problem.Invalid("unsupported_media_type", "Send the body as application/json."),
        { InnerException: JsonException json } => Explain(json),
        _ => Problem.Invalid("bad_request", exception.Message),
    };

    private static Problem Explain(JsonException exception)
    {
        var missing = MissingProperties().Match(exception.Message) is { Success: true } match ? PropertyName().Matches(match.Value).Select(m => m.Groups[1].Value).ToArray() : [];
        if (missing.Length > 0)
        {
            return Problem.Invalid("invalid_body", $"The body lacks {string.Join(", ", missing)}.") with { Fields = missing.ToDictionary(name => name, _ => new[] { "This is required." }) };
        }
        var field = exception.Path is { Length: > 2 } path ? path[2..] : null;
        return field is null
            ? Problem.Invalid("invalid_body", "The body is not valid JSON.")
            : Problem.InvalidField(field, "invalid_body", $"The value of {field} does not fit.");
    }

    private static bool IsBare(HttpResponse response) =>
        !response.HasStarted && response.StatusCode >= 400 && response.ContentType is null && response.ContentLength is null or 0;

    [GeneratedRegex("missing required properties.*$", RegexOptions.Singleline)]
    private static partial Regex MissingProperties();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex PropertyName();
}
