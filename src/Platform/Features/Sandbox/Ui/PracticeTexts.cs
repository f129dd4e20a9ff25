namespace Platform.Features.Sandbox.Ui;

/// <summary>The words of the practice network's pages, in PracticeTexts.resx.</summary>
public sealed class PracticeTexts;
