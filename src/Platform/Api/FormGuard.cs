using Microsoft.AspNetCore.Http.Metadata;

namespace Platform.Api;

/// <summary>
/// Answers 415 where an endpoint takes a form and the request brings none. The code that binds endpoints (made at build time) reads the form without asking, which
/// would be a failure of ours instead of the sender's mistake.
/// </summary>
internal sealed class FormGuard(RequestDelegate next)
{
    private static readonly string[] Forms = ["application/x-www-form-urlencoded", "multipart/form-data"];

    public Task InvokeAsync(HttpContext context)
    {
        var accepts = context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>();
        if (accepts is not { IsOptional: false } || !accepts.ContentTypes.Any(Forms.Contains) || context.Request.HasFormContentType) { return next(context); }
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    }
}
