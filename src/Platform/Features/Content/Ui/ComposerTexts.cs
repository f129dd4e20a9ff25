namespace Platform.Features.Content.Ui;

/// <summary>The words of the composer, in ComposerTexts.resx.</summary>
public sealed class ComposerTexts;
