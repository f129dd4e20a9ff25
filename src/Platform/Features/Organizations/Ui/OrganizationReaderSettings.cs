using System.Globalization;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Organizations.Ui;

/// <summary>Dates are shown in the zone and the way that the person chose, else in the organization's zone and as the browser says.</summary>
public sealed class OrganizationReaderSettings(IOrganizations organizations, IReaderPreferences people) : IReaderSettings
{
    /// <inheritdoc />
    public async Task<ReaderSettings> ForAsync(Caller caller, CancellationToken cancellationToken)
    {
        var own = caller is { Kind: CallerKind.Person, UserId: { } user } ? await people.OfAsync(user, cancellationToken) : new ReaderPreferences(null, null);
        var zone = own.TimeZone ?? (caller.Organization is { } id ? (await organizations.GetAsync(id.Value, cancellationToken))?.TimeZone : null);
        return ReaderSettings.For(zone) with { Culture = own.Locale is { } locale ? CultureInfo.GetCultureInfo(locale) : null };
    }
}
