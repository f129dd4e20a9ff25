namespace Platform.Features.Content.Ui;

/// <summary>The words about others on the same post, in PresenceTexts.resx.</summary>
public sealed class PresenceTexts;
