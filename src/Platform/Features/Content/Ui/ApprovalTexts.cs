namespace Platform.Features.Content.Ui;

/// <summary>The words of approval, in ApprovalTexts.resx.</summary>
public sealed class ApprovalTexts;
