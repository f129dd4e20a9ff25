namespace Platform.Features.Demo.Ui;

/// <summary>The words of the offer of demo data, in DemoTexts.resx.</summary>
public sealed class DemoTexts;
