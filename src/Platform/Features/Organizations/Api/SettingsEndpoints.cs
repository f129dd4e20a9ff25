using Platform.Api;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Api;

/// <summary>An organization's settings over HTTP.</summary>
public static class SettingsEndpoints
{
    private const string Tag = "Organizations";

    /// <summary>Maps the routes.</summary>
    public static void MapOrganizationSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapApi("/organizations/{id}", Tag, Permission.ContentRead).MapGet("/profile", Profile).WithSummary("Shows the business profile, the defaults for links and the logo");
        routes.MapApi("/organizations/{id}", Tag, Permission.ContentRead).MapGet("/brand", Brand).WithSummary("Shows the brand: voice, tone, do and don't, colours, examples, audience, languages, forbidden words");
        var managed = routes.MapApi("/organizations/{id}", Tag, Permission.OrganizationManage);
        managed.MapPut("/brand", SetBrand).Answers(412).WithSummary("Changes the brand");
        managed.MapPut("/profile", SetBusiness).Answers(412).WithSummary("Changes the business profile");
        managed.MapPut("/link-defaults", SetUtm).Answers(412).WithSummary("Changes what links in new posts are tagged with (UTM)");
        managed.MapPut("/logo", SetLogo).WithSummary("Uses an image of the organization's media as its logo");
        managed.MapDelete("/logo", RemoveLogo).WithSummary("Takes the logo away");
        managed.MapGet("/security", Security).WithSummary("Shows the rules for members and whom they concern");

        var person = routes.MapInPersonApi("/organizations/{id}", Tag);
        person.MapPut("/security", SetSecurity).Require(Permission.OrganizationManage).Answers(409, 412).WithSummary("Changes whether two factors are demanded, and the mail domains of new members");
        person.MapPost("/close", Close).Answers(404).WithSummary("Closes the organization: cancels what is scheduled and deletes everything after the days of grace");
        person.MapPost("/restore", Restore).Answers(404, 409).WithSummary("Brings a closed organization back within the days of grace");
    }

    private static async Task<ApiOk<BrandView>> Brand(ApiCaller caller, string id, EditBrand brand, CancellationToken token) => (await brand.GetAsync(caller, id, token)).ToOk(b => b.Version);

    private static async Task<ApiOk<BrandView>> SetBrand(ApiCaller caller, string id, SetBrandRequest body, IfMatch match, EditBrand brand, CancellationToken token) =>
        (await brand.SetAsync(caller, id, body, match.Version, token)).ToOk(b => b.Version);

    private static async Task<ApiOk<ProfileView>> Profile(ApiCaller caller, string id, OrganizationProfile profile, CancellationToken token) => (await profile.GetAsync(caller, id, token)).ToOk(p => p.Version);

    private static async Task<ApiOk<ProfileView>> SetBusiness(ApiCaller caller, string id, BusinessProfile body, IfMatch match, OrganizationProfile profile, CancellationToken token) =>
        (await profile.SetBusinessAsync(caller, id, body, match.Version, token)).ToOk(p => p.Version);

    private static async Task<ApiOk<ProfileView>> SetUtm(ApiCaller caller, string id, UtmDefaults body, IfMatch match, OrganizationProfile profile, CancellationToken token) =>
        (await profile.SetUtmAsync(caller, id, body, match.Version, token)).ToOk(p => p.Version);

    private static async Task<ApiOk<ProfileView>> SetLogo(ApiCaller caller, string id, SetLogoRequest body, OrganizationProfile profile, CancellationToken token) =>
        (await profile.SetLogoAsync(caller, id, body.MediaId, token)).ToOk(p => p.Version);

    private static async Task<ApiOk<ProfileView>> RemoveLogo(ApiCaller caller, string id, OrganizationProfile profile, CancellationToken token) =>
        (await profile.SetLogoAsync(caller, id, null, token)).ToOk(p => p.Version);

    private static async Task<ApiOk<SecurityView>> Security(ApiCaller caller, string id, OrganizationSecurity security, CancellationToken token) => (await security.GetAsync(caller, id, token)).ToOk(s => s.Version);

    private static async Task<ApiOk<SecurityView>> SetSecurity(ApiCaller caller, string id, SetSecurityRequest body, IfMatch match, OrganizationSecurity security, CancellationToken token) =>
        (await security.SetAsync(caller, id, body, match.Version, token)).ToOk(s => s.Version);

    private static async Task<ApiAccepted<ClosingView>> Close(ApiCaller caller, string id, CloseOrganizationRequest body, CloseOrganization close, CancellationToken token) =>
        (await close.RunAsync(caller, id, body, token)).ToAccepted();

    private static async Task<ApiNoContent> Restore(ApiCaller caller, string id, CloseOrganization close, CancellationToken token) => (await close.UndoAsync(caller, id, token)).ToNoContent();
}
