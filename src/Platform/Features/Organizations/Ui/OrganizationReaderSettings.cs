using Platform.Features.Organizations.Contracts;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Organizations.Ui;

/// <summary>Dates are shown in the organization's zone.</summary>
public sealed class OrganizationReaderSettings(IOrganizations organizations) : IReaderSettings
{
    /// <inheritdoc />
    public async Task<ReaderSettings> ForAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.Organization is { } id ? ReaderSettings.For((await organizations.GetAsync(id.Value, cancellationToken))?.TimeZone) : ReaderSettings.Default;
}
