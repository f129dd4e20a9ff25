using System.ComponentModel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>What a started impersonation answers.</summary>
/// <param name="AccessToken">A customer's access token; it ends with the impersonation and cannot be refreshed.</param>
/// <param name="ExpiresIn">Its life in seconds.</param>
/// <param name="EndsAt">When it is over, in any case.</param>
/// <param name="User">The customer.</param>
/// <param name="OrganizationId">The organization it acts in.</param>
public sealed record ImpersonationResponse(string AccessToken, int ExpiresIn, DateTimeOffset EndsAt, UserResponse User, string? OrganizationId)
{
    /// <summary>Always Bearer.</summary>
    public string TokenType => "Bearer";

    /// <summary>From a grant.</summary>
    public static ImpersonationResponse Of(ImpersonationGrant grant, DateTimeOffset now) => new(
        grant.AccessToken, (int)(grant.EndsAt - now).TotalSeconds, grant.EndsAt,
        new UserResponse(grant.Person.Id, grant.Person.Email, grant.Person.FirstName, grant.Person.LastName, grant.Person.EmailVerified), grant.OrganizationId);
}

/// <summary>Acting as a customer: over the API with a token, in a browser with the customers' cookie.</summary>
public static class ImpersonationEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapImpersonation(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapStaffApi("/users", "Staff: users", Permission.StaffImpersonate);
        staff.MapPost("/{id}/impersonate", Start).Answers(404, 409).WithSummary("Acts as a customer, for a stated reason and a short time").WithDescription("15, 30 or 60 minutes; no refresh token. Security settings stay closed.");
        staff.MapDelete("/{id}/impersonate", Stop).Answers(404).WithSummary("Stops acting as a customer");

        var forms = routes.MapGroup("").ExcludeFromDescription().DisableAntiforgery().WithMetadata(RateLimit.Standard);
        forms.MapPost("/admin/users/{id}/impersonate", StartInBrowser).RequireAuthorization(Policies.StaffImpersonate);
        forms.MapPost("/impersonation/stop", StopInBrowser).AllowAnonymous();
    }

    private static async Task<ApiOk<ImpersonationResponse>> Start(ApiCaller caller, string id, ImpersonateRequest body, StartImpersonation start, TimeProvider time, HttpContext http, CancellationToken token) =>
        (await start.RunAsync(caller, id, body, AuthEndpoints.DeviceOf(http), token)).Map(grant => ImpersonationResponse.Of(grant, time.GetUtcNow()));

    private static async Task<ApiNoContent> Stop(ApiCaller caller, string id, StartImpersonation start, CancellationToken token) => (await start.StopAsync(caller, id, token)).ToNoContent();

    private static async Task<IResult> StartInBrowser(HttpContext http, string id, [FromForm, Description("Why.")] string reason, [FromForm] int minutes, StartImpersonation start, CancellationToken token)
    {
        var started = await start.RunAsync(http.GetCaller(), id, new ImpersonateRequest(reason, minutes), AuthEndpoints.DeviceOf(http), token);
        if (!started.Ok) { return TypedResults.LocalRedirect($"/admin/users/{Uri.EscapeDataString(id)}?refused={Uri.EscapeDataString(started.Problem.Code)}"); }
        var once = new AuthenticationProperties { IsPersistent = false, ExpiresUtc = started.Value.EndsAt, AllowRefresh = false };
        await http.SignInAsync(Schemes.CustomerCookie, Schemes.PrincipalOf(started.Value.Caller, Schemes.CustomerCookie), once);
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<IResult> StopInBrowser(HttpContext http, OwnSessions sessions, CancellationToken token)
    {
        var caller = http.GetCaller();
        if (caller.Impersonator is null) { return TypedResults.LocalRedirect("/"); }
        await sessions.SignOutAsync(caller, token);
        await http.SignOutAsync(Schemes.CustomerCookie);
        return TypedResults.LocalRedirect($"/admin/users/{caller.UserId}");
    }
}
