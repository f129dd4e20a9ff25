using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Platform.Primitives;

namespace Platform.Api;

/// <summary>The one place where a <see cref="Problem"/> becomes an RFC 9457 problem document.</summary>
public static class Problems
{
    /// <summary>The media type of problem documents.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The HTTP status of a kind.</summary>
    public static int StatusOf(Problem problem) => problem.Kind switch
    {
        ProblemKind.Unauthenticated => 401,
        ProblemKind.LimitReached => 402,
        ProblemKind.Forbidden => 403,
        ProblemKind.NotFound => 404,
        ProblemKind.Conflict => problem.Code == "version_mismatch" ? 412 : 409,
        ProblemKind.TooManyRequests => 429,
        ProblemKind.UpstreamFailed => problem.Code switch { "storage_unavailable" => 503, "storage_full" => 507, _ => 502 },
        _ => problem.Code switch { "idempotency_key_reused" => 422, "body_too_large" => 413, "unsupported_media_type" => 415, _ => 400 },
    };

    /// <summary>The document of a problem.</summary>
    public static ProblemDetails Describe(HttpContext context, Problem problem)
    {
        var details = Describe(context, StatusOf(problem), problem.Code, problem.Message);
        if (problem.Fields.Count > 0) { details.Extensions["errors"] = problem.Fields; }
        return details;
    }

    /// <summary>Writes a problem, with Retry-After where it is known.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        if (problem.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        return WriteAsync(context, Describe(context, problem));
    }

    /// <summary>Writes a problem for a bare status code, such as the router's 404 and 405.</summary>
    public static Task WriteAsync(HttpContext context, int status)
    {
        var (code, detail) = Bare(status);
        return WriteAsync(context, Describe(context, status, code, detail));
    }

    /// <summary>Writes a 403, with the reason where a signed-in person may do nothing at all.</summary>
    public static Task WriteForbiddenAsync(HttpContext context, string? restriction) => restriction switch
    {
        "email_not_verified" => WriteAsync(context, new Problem(ProblemKind.Forbidden, restriction, "Confirm your e-mail address first: follow the link in the mail, or ask for another at /api/v1/auth/resend-verification.")),
        "organization_suspended" => WriteAsync(context, new Problem(ProblemKind.Forbidden, restriction, "This organization is suspended. Write to support.")),
        "two_factor_required" => WriteAsync(context, new Problem(ProblemKind.Forbidden, restriction, "This organization demands two factors. Set one up in your account's security and sign in with it.")),
        "two_factor_setup_required" => WriteAsync(context, new Problem(ProblemKind.Forbidden, restriction, "Staff sign in with two factors. Set up an authenticator app or a passkey first.")),
        "address_not_allowed" => WriteAsync(context, new Problem(ProblemKind.Forbidden, restriction, "Staff may not work from this address. Use the company's network or VPN, or ask a SuperAdmin.")),
        "impersonated" => WriteAsync(context, new Problem(ProblemKind.Forbidden, restriction, "Staff who act as a customer may not do this: it is for the customer in person.")),
        "organization_closing" => WriteAsync(context, new Problem(ProblemKind.Forbidden, restriction, "This organization is being closed. An owner can bring it back at /api/v1/organizations/{id}/restore.")),
        _ => WriteAsync(context, 403),
    };

    private static Task WriteAsync(HttpContext context, ProblemDetails details)
    {
        context.Response.StatusCode = details.Status!.Value;
        return context.Response.WriteAsJsonAsync(details, JsonSerializerOptions.Web, MediaType, context.RequestAborted);
    }

    private static ProblemDetails Describe(HttpContext context, int status, string code, string detail)
    {
        var details = new ProblemDetails { Type = $"urn:problem:{code}", Title = TitleOf(status), Status = status, Detail = detail, Instance = context.Request.Path };
        details.Extensions["code"] = code;
        details.Extensions["traceId"] = context.CorrelationId();
        return details;
    }

    private static string TitleOf(int status) => status switch
    {
        400 => "The request is not valid",
        401 => "Sign in first",
        402 => "The plan's limit is reached",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        409 => "Conflict",
        412 => "Changed meanwhile",
        413 => "Too large",
        415 => "Unsupported media type",
        422 => "The request cannot be processed",
        429 => "Too many requests",
        502 => "Another service failed",
        503 => "Not ready",
        _ => status < 500 ? "The request cannot be answered" : "Something went wrong",
    };

    private static (string Code, string Detail) Bare(int status) => status switch
    {
        401 => ("unauthenticated", "There is no valid token or session. Sign in, or refresh the access token."),
        403 => ("forbidden", "You may not do this. Ask an owner or admin of your organization."),
        404 => ("not_found", "There is nothing at this address."),
        405 => ("method_not_allowed", "This address does not take this method."),
        413 => ("body_too_large", "The request's body is too large."),
        415 => ("unsupported_media_type", "Send the body as application/json."),
        429 => ("too_many_requests", "Too many requests. Wait and try again."),
        >= 500 => ("internal_error", "An unexpected error happened. It was recorded under the trace id; try again, and tell support that id if it stays."),
        _ => ("bad_request", "The request is not valid."),
    };
}

/// <summary>A problem thrown where a result cannot be returned: while a handler's parameters are read.</summary>
public sealed class ProblemException(Problem problem) : Exception($"{problem.Code}: {problem.Message}")
{
    /// <summary>The problem.</summary>
    public Problem Problem { get; } = problem;
}
