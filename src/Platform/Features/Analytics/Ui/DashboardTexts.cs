namespace Platform.Features.Analytics.Ui;

/// <summary>The words of the dashboard, in DashboardTexts.resx.</summary>
public sealed class DashboardTexts;
