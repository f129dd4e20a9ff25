using Platform.Api;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Api;

/// <summary>Organizations over HTTP.</summary>
public static class OrganizationEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapOrganizations(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapSignedInApi("/organizations", "Organizations");
        mine.MapGet("", List).WithSummary("Lists the organizations you are in");
        mine.MapPost("", Create).WithSummary("Makes another organization, with you as its owner");
        mine.MapGet("/{id}", Get).Require(Permission.ContentRead).WithSummary("Shows your active organization");
        mine.MapPut("/{id}", Update).Require(Permission.OrganizationManage).WithSummary("Changes the name, time zone and week of your active organization");
    }

    private static async Task<ApiOk<Page<MyOrganizationView>>> List(ApiCaller caller, ReadOrganizations read, CancellationToken token) => await read.ListAsync(caller, token);

    private static async Task<ApiCreated<OrganizationView>> Create(ApiCaller caller, CreateOrganizationRequest body, CreateOrganization create, CancellationToken token) =>
        (await create.RunAsync(caller, body, token)).ToCreated(o => $"{ApiPaths.Root}/organizations/{o.Id}", o => o.Version);

    private static async Task<ApiOk<OrganizationView>> Get(ApiCaller caller, string id, ReadOrganizations read, CancellationToken token) =>
        (await read.GetAsync(caller, id, token)).ToOk(o => o.Version);

    private static async Task<ApiOk<OrganizationView>> Update(ApiCaller caller, string id, UpdateOrganizationRequest body, IfMatch match, UpdateOrganization update, CancellationToken token) =>
        (await update.RunAsync(caller, id, body, match.Version, token)).ToOk(o => o.Version);
}
