namespace Platform.Features.Operations.Ui.Admin;

/// <summary>The words about copies of the app, in CopiesTexts.resx.</summary>
public sealed class CopiesTexts;
