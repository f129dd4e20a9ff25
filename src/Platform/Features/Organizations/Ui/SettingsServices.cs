using Platform.Features.Media.Contracts;
using Platform.Features.Organizations.Actions;

namespace Platform.Features.Organizations.Ui;

/// <summary>What the settings pages read and change.</summary>
public sealed record SettingsActions(ReadOrganizations Read, UpdateOrganization Update, OrganizationProfile Profile, OrganizationSecurity Security, CloseOrganization Close, IMedia Media);
