namespace Platform.Features.Organizations.Ui;

/// <summary>The words of the organization's pages, in OrganizationTexts.resx.</summary>
public sealed class OrganizationTexts;
