using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;
using Platform.Primitives;

namespace Platform.Ui.Errors;

/// <summary>
/// What a reader sees while the storage is away. The frame cannot be drawn then, nor even the reader's session be looked at, not for a style sheet
/// either: so this page stands alone, says what happens to due posts, and tries again by itself. Machines get the bare status.
/// </summary>
public sealed class OutagePage(RequestDelegate next, IEnumerable<ExplainException> explanations, IStringLocalizer<Texts> words, ILogger<OutagePage> log)
{
    private const string Style =
        ":root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}"
        + "main{max-width:30rem;padding:2rem 1.5rem}h1{font-size:1.375rem;line-height:1.25;margin:0 0 .75rem}p{margin:0 0 1rem}a{color:LinkText}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Runs for each request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try { await next(context); }
        catch (Exception e) when (!context.Response.HasStarted && Explain(e) is { } problem)
        {
            log.LogWarning("{Method} {Path} could not be answered: {Reason}", context.Request.Method, context.Request.Path, e.Message);
            await WriteAsync(context, problem);
        }
    }

    private Problem? Explain(Exception exception) => explanations.Select(explain => explain(exception)).FirstOrDefault(problem => problem is { Kind: ProblemKind.UpstreamFailed });

    private Task WriteAsync(HttpContext context, Problem problem)
    {
        var (response, wait) = (context.Response, (int)Math.Ceiling((problem.RetryAfter ?? TimeSpan.FromSeconds(5)).TotalSeconds));
        response.Clear();
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        if (!UiModule.IsPage(context)) { return Task.CompletedTask; }
        response.Headers.ContentSecurityPolicy = Policy;
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(Page(problem.Message, wait));
    }

    private string Page(string message, int wait)
    {
        var encode = HtmlEncoder.Default;
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="{wait}"><title>{encode.Encode(words["OutageTitle"])}</title><style>{Style}</style></head>
            <body><main><h1>{encode.Encode(words["OutageTitle"])}</h1><p role="alert">{encode.Encode(message)}</p><p>{encode.Encode(words["OutageText", wait])}</p><p><a href="">{encode.Encode(words["TryAgain"])}</a></p></main></body>
            </html>
            """;
    }
}
