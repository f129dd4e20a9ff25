namespace Platform.Features.Operations.Ui;

/// <summary>The words of the staff's pages on people, organizations and jobs, in OperationsTexts.resx.</summary>
public sealed class OperationsTexts;
