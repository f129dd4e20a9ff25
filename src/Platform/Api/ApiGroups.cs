using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Platform.Tenancy;

namespace Platform.Api;

/// <summary>
/// Groups of routes under <c>/api/v1</c> that state their tag, policy, rate limit, body cap and problem answers once. A route may ask for more with
/// <see cref="Require"/>, give itself a larger body with <see cref="AllowBody"/>, and says what it does with <c>.WithSummary("…")</c>.
/// </summary>
public static class ApiGroups
{
    /// <summary>The body of a request may have this many bytes unless the route says otherwise.</summary>
    public const long DefaultBodyCap = 1024 * 1024;

    /// <summary>Routes for customers who hold a permission.</summary>
    /// <param name="routes">The app.</param>
    /// <param name="path">Below <c>/api/v1</c>, such as <c>/content</c>.</param>
    /// <param name="tag">The heading in the API's description.</param>
    /// <param name="permission">What every route of the group needs.</param>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string path, string tag, Permission permission) =>
        Secured(routes.MapGroup(ApiPaths.Root + path), tag, Policies.Of(permission), RateLimit.Standard);

    /// <summary>Routes for any signed-in customer.</summary>
    public static RouteGroupBuilder MapSignedInApi(this IEndpointRouteBuilder routes, string path, string tag) =>
        Secured(routes.MapGroup(ApiPaths.Root + path), tag, Policies.SignedIn, RateLimit.Standard);

    /// <summary>Routes for a customer in person: credentials and security settings. Refuses API keys, and staff who act as the customer.</summary>
    public static RouteGroupBuilder MapInPersonApi(this IEndpointRouteBuilder routes, string path, string tag) =>
        Secured(routes.MapGroup(ApiPaths.Root + path), tag, Policies.InPerson, RateLimit.Standard);

    /// <summary>Routes for staff who hold a permission, below <c>/api/v1/admin</c>.</summary>
    public static RouteGroupBuilder MapStaffApi(this IEndpointRouteBuilder routes, string path, string tag, Permission permission) =>
        Secured(routes.MapGroup(ApiPaths.StaffRoot + path), tag, Policies.Of(permission), RateLimit.Standard);

    /// <summary>Routes for any signed-in staff account, below <c>/api/v1/admin</c>.</summary>
    public static RouteGroupBuilder MapAnyStaffApi(this IEndpointRouteBuilder routes, string path, string tag) =>
        Secured(routes.MapGroup(ApiPaths.StaffRoot + path), tag, Policies.AnyStaff, RateLimit.Standard);

    /// <summary>Routes for any staff account, also one that has still to set up its second factor.</summary>
    public static RouteGroupBuilder MapStaffSetupApi(this IEndpointRouteBuilder routes, string path, string tag) =>
        Secured(routes.MapGroup(ApiPaths.StaffRoot + path), tag, Policies.StaffSetup, RateLimit.Standard);

    /// <summary>Routes for everyone, limited by address: signing in and the like.</summary>
    public static RouteGroupBuilder MapPublicApi(this IEndpointRouteBuilder routes, string path, string tag, RateLimit limit) =>
        Common(routes.MapGroup(ApiPaths.Root + path).AllowAnonymous(), tag, limit);

    /// <summary>Asks for another permission besides the group's.</summary>
    public static RouteHandlerBuilder Require(this RouteHandlerBuilder route, Permission permission) => route.RequireAuthorization(Policies.Of(permission));

    /// <summary>Lets a route take a larger body.</summary>
    /// <param name="route">The route.</param>
    /// <param name="bytes">At most this many; null: no cap, the handler counts itself.</param>
    public static RouteHandlerBuilder AllowBody(this RouteHandlerBuilder route, long? bytes) => route.WithMetadata(new BodyCap(bytes));

    /// <summary>Says which other problem statuses a route answers with, for the API's description.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses) { route.WithMetadata(Answers(status)); }
        return route;
    }

    private static RouteGroupBuilder Secured(RouteGroupBuilder group, string tag, string policy, RateLimit limit) =>
        Common(group.RequireAuthorization(policy).WithMetadata(Answers(401), Answers(403)), tag, limit);

    private static RouteGroupBuilder Common(RouteGroupBuilder group, string tag, RateLimit limit) =>
        group.WithTags(tag).WithMetadata(limit, new BodyCap(DefaultBodyCap), Answers(400), Answers(429), Answers(500));

    private static ProducesResponseTypeMetadata Answers(int status) => new(status, typeof(ProblemDetails), [Problems.MediaType]);

    private sealed record BodyCap(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
