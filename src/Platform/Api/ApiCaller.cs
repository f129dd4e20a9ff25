using System.Reflection;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Api;

/// <summary>
/// The caller as a handler's parameter: <c>(ApiCaller caller, …) =&gt; action.RunAsync(caller, …)</c>. It is the customer on customer routes, the staff
/// account on staff routes, and carries the address and the correlation id.
/// </summary>
public sealed record ApiCaller(Caller Value)
{
    /// <summary>Read by minimal APIs.</summary>
    public static ValueTask<ApiCaller?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<ApiCaller?>(new ApiCaller(context.GetCaller()));

    /// <summary>The caller itself.</summary>
    public static implicit operator Caller(ApiCaller caller) => caller.Value;
}

/// <summary>Reads the caller from a request.</summary>
public static class HttpCaller
{
    /// <summary>The caller of this request: staff under staff paths, else the customer, else <see cref="Caller.Anonymous"/>; with address and correlation id.</summary>
    public static Caller GetCaller(this HttpContext context)
    {
        var kind = ApiPaths.IsStaff(context.Request.Path) ? CallerKind.Staff : CallerKind.Person;
        var caller = CallerClaims.Read(context.User, kind) ?? Caller.Anonymous;
        return caller with { Address = context.Connection.RemoteIpAddress?.ToString(), CorrelationId = context.CorrelationId() };
    }

    /// <summary>What joins the response, the log lines and the audit records of this request; the request log sets it (X-Correlation-Id or the trace's id).</summary>
    public static string CorrelationId(this HttpContext context) => context.TraceIdentifier;

    /// <summary>The active organization's id; a 403 problem where the customer has none. Never a default.</summary>
    public static string RequireOrganization(this Caller caller) => caller.Organization?.Value
        ?? throw new ProblemException(new Problem(ProblemKind.Forbidden, "no_organization", "You are in no organization. Create one or ask for an invitation."));
}

/// <summary>Which paths are the API's, and which are for staff.</summary>
public static class ApiPaths
{
    /// <summary>Where version 1 lives.</summary>
    public const string Root = "/api/v1";

    /// <summary>Where staff's part of it lives.</summary>
    public const string StaffRoot = "/api/v1/admin";

    /// <summary>Whether answers here are JSON.</summary>
    public static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether only staff identities count here.</summary>
    public static bool IsStaff(PathString path) =>
        path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments(StaffRoot, StringComparison.OrdinalIgnoreCase);
}
