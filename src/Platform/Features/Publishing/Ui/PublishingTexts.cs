namespace Platform.Features.Publishing.Ui;

/// <summary>The words of publishing's pages and cards, in PublishingTexts.resx.</summary>
public sealed class PublishingTexts;
