using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Platform.Api;
using Platform.Features.Agents.Contracts;

namespace Platform.Features.Agents.Api;

/// <summary>
/// An agent's work as server-sent events: <c>run</c> {runId}, <c>message</c> {message}, <c>text</c> {text}, and at the end
/// <c>suggestion</c> or <c>problem</c>. What is refused before it begins is an ordinary problem document.
/// </summary>
internal static class DraftStream
{
    private const string MediaType = "text/event-stream";

    public static bool Wanted(HttpRequest request) => request.Headers.Accept.ToString().Contains(MediaType, StringComparison.OrdinalIgnoreCase);

    public static async Task WriteAsync(HttpContext context, IAsyncEnumerable<DraftChunk> chunks, CancellationToken cancellationToken)
    {
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await foreach (var chunk in chunks.WithCancellation(cancellationToken))
        {
            if (!context.Response.HasStarted)
            {
                if (chunk is { RunId: "", Problem: { } refused }) { await Problems.WriteAsync(context, refused); return; }
                context.Response.ContentType = MediaType;
                context.Response.Headers.CacheControl = "no-store";
                context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            }
            var (name, data) = Event(chunk);
            await context.Response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(data, json)}\n\n", cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
        }
    }

    private static (string Name, object Data) Event(DraftChunk chunk) => chunk switch
    {
        { Problem: { } problem } => ("problem", new { problem.Code, problem.Message, retryAfterSeconds = problem.RetryAfter?.TotalSeconds }),
        { Suggestion: { } suggestion } => ("suggestion", suggestion),
        { Message: { } message } => ("message", new { message }),
        { Text: "" } => ("run", new { chunk.RunId }),
        _ => ("text", new { chunk.Text }),
    };
}
