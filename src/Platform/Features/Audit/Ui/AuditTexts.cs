namespace Platform.Features.Audit.Ui;

/// <summary>The words of this feature's pages, in AuditTexts.resx.</summary>
public sealed class AuditTexts;
