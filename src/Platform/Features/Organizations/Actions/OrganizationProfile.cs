using Platform.Features.Audit.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>What an organization says of itself, with the version for If-Match.</summary>
public sealed record ProfileView(BusinessProfile Business, UtmDefaults Utm, string? LogoUrl, long Version);

/// <summary>The picture to use as the logo.</summary>
/// <param name="MediaId">An image of the organization's media.</param>
public sealed record SetLogoRequest(string MediaId);

/// <summary>The business profile, the defaults for links, and the logo.</summary>
public sealed class OrganizationProfile(OrganizationChanges changes, IMedia media)
{
    /// <summary>Reads it.</summary>
    public async Task<Result<ProfileView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        caller.May(Permission.ContentRead) ? (await changes.ReadAsync(caller, id, cancellationToken)).Map(View) : Problem.Forbidden();

    /// <summary>Changes the business profile.</summary>
    public async Task<Result<ProfileView>> SetBusinessAsync(Caller caller, string id, BusinessProfile business, long? version, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.OrganizationManage)) { return Problem.Forbidden(); }
        var clean = ProfileRules.Clean(business);
        if (!clean.Ok) { return clean.Problem; }
        var result = await changes.WriteAsync(caller, id, version, o => new ChangedOrganization(o with { Business = clean.Value }, new AuditEntry("organization.profile_changed", "organization", id)
        {
            Changes = OrganizationChanges.Differences(
                ("industry", o.Business.Industry, clean.Value.Industry), ("size", o.Business.Size, clean.Value.Size), ("website", o.Business.Website, clean.Value.Website),
                ("description", o.Business.Description, clean.Value.Description), ("audience", o.Business.Audience, clean.Value.Audience),
                ("goals", string.Join(", ", o.Business.Goals), string.Join(", ", clean.Value.Goals))),
        }), cancellationToken);
        return result.Map(View);
    }

    /// <summary>Changes what links in new posts are tagged with.</summary>
    public async Task<Result<ProfileView>> SetUtmAsync(Caller caller, string id, UtmDefaults utm, long? version, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.OrganizationManage)) { return Problem.Forbidden(); }
        var clean = ProfileRules.Clean(utm);
        if (!clean.Ok) { return clean.Problem; }
        var result = await changes.WriteAsync(caller, id, version, o => new ChangedOrganization(o with { Utm = clean.Value }, new AuditEntry("organization.link_defaults_changed", "organization", id)
        {
            Changes = OrganizationChanges.Differences(("source", o.Utm.Source, clean.Value.Source), ("medium", o.Utm.Medium, clean.Value.Medium), ("campaign", o.Utm.Campaign, clean.Value.Campaign)),
        }), cancellationToken);
        return result.Map(View);
    }

    /// <summary>Uses an image of the organization's media as the logo; null takes the logo away.</summary>
    public async Task<Result<ProfileView>> SetLogoAsync(Caller caller, string id, string? mediaId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.OrganizationManage)) { return Problem.Forbidden(); }
        if (caller.Organization?.Value != id) { return Problem.NotFound("organization"); }
        var pictures = mediaId is null ? [] : await media.FindAsync(caller, [mediaId], cancellationToken);
        var picture = pictures.Count > 0 ? pictures[0] : null;
        if (mediaId is not null && picture?.ContentType.StartsWith("image/", StringComparison.Ordinal) != true)
        {
            return Problem.InvalidField("mediaId", "not_an_image", "Choose an image of your organization's media.");
        }
        var result = await changes.WriteAsync(caller, id, null, o => new ChangedOrganization(
            o with { LogoMediaId = picture?.Id, LogoUrl = picture?.Url },
            new AuditEntry("organization.logo_changed", "organization", id) { Changes = [new AuditChange("logo", o.LogoMediaId, picture?.Id)] }), cancellationToken);
        return result.Map(View);
    }

    private static ProfileView View(Organization o) => new(o.Business, o.Utm, o.LogoUrl, o.Version);
}
