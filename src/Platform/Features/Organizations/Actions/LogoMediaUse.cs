using Platform.Features.Media.Contracts;
using Platform.Features.Organizations.Store;

namespace Platform.Features.Organizations.Actions;

/// <summary>Answers for the logo, the one picture of the library that an organization itself shows. People's pictures are not of the library: Accounts keeps them.</summary>
public sealed class LogoMediaUse(OrganizationStore store) : IMediaUse
{
    /// <inheritdoc />
    public async Task<string?> NeedAsync(string organizationId, string mediaId, CancellationToken cancellationToken) =>
        await IsLogoAsync(organizationId, [mediaId], cancellationToken) is null ? null : "This file is the organization's logo.";

    /// <inheritdoc />
    public async Task<IReadOnlySet<string>> UsedAsync(string organizationId, IReadOnlyCollection<string> mediaIds, CancellationToken cancellationToken) =>
        await IsLogoAsync(organizationId, mediaIds, cancellationToken) is { } logo ? new HashSet<string> { logo } : new HashSet<string>();

    private async Task<string?> IsLogoAsync(string organizationId, IReadOnlyCollection<string> mediaIds, CancellationToken cancellationToken) =>
        await store.GetAsync(organizationId, cancellationToken) is { LogoMediaId: { } logo } && mediaIds.Contains(logo) ? logo : null;
}
